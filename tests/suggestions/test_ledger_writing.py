"""The two ways into the database say the same, and what goes wrong beside the caller is not lost."""

from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from sheets import bulk
from suggestions.enums import Complexity, Level, Rating, ResultClass, State
from suggestions.models import Assignment, Evaluation, NumberSequence, Reply, Suggestion, SuggestionTransition
from suggestions.services import ledger
from tests.cast import Cast

HISTORY: tuple[Any, ...] = (SuggestionTransition, Assignment, Reply, Evaluation)
DAYS = {
    "submitted_on": date(2025, 3, 3),
    "accepted_on": date(2025, 3, 4),
    "assigned_on": date(2025, 3, 5),
    "replied_on": date(2025, 3, 12),
    "forwarded_on": date(2025, 3, 13),
    "closed_on": date(2025, 3, 20),
}
TEXTS = ("一般", '引号"和,逗号', "两行\n\\.\n三行", "\\N", "=1+1\t制表", " 前后空格 ", "👍")


def _cases(cast: Cast) -> list[Any]:
    """Closed ones, and one of each state that lacks most."""
    found = [_case(cast, text, State.CLOSED, 6) for text in TEXTS]
    found += [_case(cast, "没有编号", State.CLOSED, 6, number=""), _case(cast, "待受理", State.SUBMITTED, 1, number="")]
    return [*found, _case(cast, "待签收", State.ASSIGNED, 3), _case(cast, "办理中", State.HANDLING, 3)]


def _case(cast: Cast, text: str, state: State, told: int, **said: Any) -> Any:
    case: Any = Suggestion(
        county=cast.county,
        delegation=cast.town,
        representative=cast.representative,
        title=text,
        content=text,
        state=state.value,
        level=Level.COUNTY.value,
        **{"number": f"旧-{text}"[:24]} | said,
        **dict(list(DAYS.items())[:told]),
    )
    if told >= 3:
        case.unit_id, case.complexity = cast.county_unit.pk, Complexity.SIMPLE.value
    case.reply_text = text if told == 6 else ""
    case.result_class = ResultClass.A.value if told == 6 else ""
    case.representative_rating = Rating.SATISFIED.value if told == 6 else ""
    case.petitioner_rating = Rating.UNSATISFIED.value if text == "一般" else ""
    return case


def _written(cast: Cast) -> dict[str, list[dict[str, Any]]]:
    """What stands in the tables after an import, without ids; the import is taken back."""
    with transaction.atomic():
        ledger.import_ledger(cases=_cases(cast), county=cast.county, actor=cast.county_office)
        found = {"cases": list(Suggestion.objects.order_by("title", "state").values())}
        for model in HISTORY:
            rows = model.objects.order_by("suggestion__title", "suggestion__state", "pk")
            found[model.__name__] = [
                row | {"title": title}
                for row, title in zip(rows.values(), rows.values_list("suggestion__title"), strict=True)
            ]
        transaction.set_rollback(True)
    for rows in found.values():
        for row in rows:
            del row["id"]
            row.pop("suggestion_id", None)
    return found


@pytest.mark.postgres
def test_copy_and_insert_write_equal_rows(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    copied = _written(cast)

    @contextmanager
    def by_records() -> Any:
        yield bulk._create

    monkeypatch.setattr(ledger, "inserting", by_records)
    assert _written(cast) == copied
    assert [len(rows) for rows in copied.values()] == [11, 48 + 1 + 3 + 3, 10, 8, 9]


def test_a_line_says_what_was_written_to_the_letter(cast: Cast) -> None:
    written = _written(cast)
    assert {row["content"] for row in written["cases"]} >= set(TEXTS)
    assert {row["text"] for row in written["Reply"]} == {*TEXTS, "没有编号"}


def test_a_query_meanwhile_sees_what_was_given_before(cast: Cast) -> None:
    with transaction.atomic(), bulk.inserting() as insert:
        insert(NumberSequence, ("county_id", "year", "last"), [(cast.county.pk, 2019, 3)])
        assert NumberSequence.objects.get(county=cast.county, year=2019).last == 3


def test_what_the_database_refuses_is_raised(cast: Cast) -> None:
    twice = [(cast.county.pk, 2019, 1), (cast.county.pk, 2019, 2)]
    with pytest.raises(IntegrityError), transaction.atomic(), bulk.inserting() as insert:
        insert(NumberSequence, ("county_id", "year", "last"), twice)
    assert not NumberSequence.objects.filter(year=2019).exists()


@pytest.mark.postgres
def test_a_row_that_points_nowhere_is_refused_at_once(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), bulk.inserting() as insert:
        insert(NumberSequence, ("county_id", "year", "last"), [(0, 2019, 1)])
    assert not NumberSequence.objects.filter(year=2019).exists()


def test_reserved_ids_are_nobody_elses(cast: Cast) -> None:
    before = NumberSequence.objects.create(county=cast.county, year=2018)
    with transaction.atomic(), bulk.inserting() as insert:
        first, second = bulk.reserve(NumberSequence, 2)
        insert(
            NumberSequence,
            ("id", "county_id", "year", "last"),
            [(first, cast.county.pk, 2019, 0), (second, cast.county.pk, 2020, 0)],
        )
    after = NumberSequence.objects.create(county=cast.county, year=2021)
    assert before.pk < first < second < after.pk
