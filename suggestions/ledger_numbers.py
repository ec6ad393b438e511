"""The numbers of an old ledger beside those the county issues (docs/decisions/0014)."""

import re
from collections import Counter
from collections.abc import Iterator, Set
from datetime import date
from typing import Any

from django.utils import timezone

from accounts.models import Organization
from suggestions.models import NumberSequence, Suggestion
from suggestions.services.numbers import number_words

LEDGER = "台账"


class LedgerNumbers:
    """Which numbers of a sheet continue the county's own sequence of this year, and which are only kept as text; and
    new ones for the lines without."""

    def __init__(self, county: Organization) -> None:
        self.county, self.year, self.last = county, timezone.localdate().year, 0
        self.own = re.compile(rf"{re.escape(county.number_prefix)}〔(\d{{4}})〕(\d{{1,6}})")
        self.continued: dict[str, tuple[int, int]] = {}
        self.taken: set[str] = set()
        self.given: Counter[int] = Counter()

    def canonical(self, number: str) -> str:
        """A number of the county's own form as the county writes it; any other as it is."""
        found = self.own.fullmatch(number) if self.county.number_prefix else None
        return number_words(self.county, int(found[1]), int(found[2])) if found else number

    def read(self, given: Set[str], *, lock: bool) -> None:
        """Learn how far this year's sequence is, and which of the numbers `given` follow it without a gap.

        With `lock` nobody else issues a number or imports a ledger until the transaction ends.
        """
        if lock:
            NumberSequence.objects.get_or_create(county=self.county, year=self.year)
        books = NumberSequence.objects.filter(county=self.county, year=self.year)
        book = (books.select_for_update() if lock else books).first()
        self.last = book.last if book else 0
        issued = {number: pair for number in given if (pair := self._issued(number)) and pair[0] == self.year}
        stored = set(Suggestion.objects.filter(county=self.county, year=self.year).values_list("number", flat=True))
        new = {number: pair for number, pair in issued.items() if number not in stored}
        following = set(range(self.last + 1, self.last + len(new) + 1))
        self.continued = new if {sequence for _year, sequence in new.values()} == following else {}

    def faults(self, number: str, accepted_on: date | None) -> Iterator[str]:
        """A sentence where `number`, new here, is one that this system is still to issue."""
        pair = self._issued(number)
        if pair is None or pair[0] < self.year:
            return
        if number not in self.continued:
            yield (
                f"编号“{number}”是本系统要发的编号，现在发到第 {self.last} 号。"
                "本年的编号要从下一号起连续，由党联办一次导入；否则请把编号空着"
            )
        elif accepted_on and accepted_on.year != self.year:
            yield f"编号是{self.year}年的，受理日期却不在这一年，请核对"

    def open(self, given: Set[str]) -> None:
        """Learn which numbers are taken, by the cases there are or by those in `given`, before `give` is called."""
        own = Suggestion.objects.filter(county=self.county, number__startswith=f"{LEDGER}〔")
        self.taken = {*own.values_list("number", flat=True), *given}

    def give(self, case: Any) -> None:
        """Give a new case that continues the county's numbers its place in the book, and one that was accepted without
        a number 台账〔2025〕0001, after what there is of the year."""
        case.year, case.sequence = self.continued.get(case.number, (None, None))
        if case.accepted_on and not case.number:
            year = case.accepted_on.year
            while not case.number or case.number in self.taken:
                self.given[year] += 1
                case.number = f"{LEDGER}〔{year}〕{self.given[year]:04d}"
            self.taken.add(case.number)

    def close(self) -> None:
        """Let the county's book go on after what continued it; all of it is stored."""
        if self.continued:
            last = self.last + len(self.continued)
            NumberSequence.objects.filter(county=self.county, year=self.year).update(last=last)

    def _issued(self, number: str) -> tuple[int, int] | None:
        found = self.own.fullmatch(number) if self.county.number_prefix else None
        return (int(found[1]), int(found[2])) if found else None
