"""Reading a year's holidays from what people paste: the notice as it is published, or lines of a table. Pure.

A notice says 「二、春节：2月15日（农历腊月二十八、周日）至23日（周一）放假调休，共9天。2月14日（周六）上班。」;
a line of a table 「2027-01-01 元旦 放假」, or day, kind and name with tabs between them, as a spreadsheet copies.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from studios.calendar_days import Entry
from studios.enums import HolidayKind

LONGEST_NAME = 20
LONGEST_SPAN = 31
DECEMBER, JANUARY = 12, 1
NAMES = re.compile(r"元旦|春节|清明节?|劳动节|端午节?|中秋节?|国庆节?")
FULL_NAMES = {"清明": "清明节", "端午": "端午节", "中秋": "中秋节", "国庆": "国庆节"}
KINDS = {
    "放假": HolidayKind.HOLIDAY,
    "休": HolidayKind.HOLIDAY,
    "调休上班": HolidayKind.MAKEUP_WORKDAY,
    "上班": HolidayKind.MAKEUP_WORKDAY,
    "班": HolidayKind.MAKEUP_WORKDAY,
}
DATED = r"(?P<year>\d{4})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})日?"
DATED_ROW = re.compile(DATED)
TOKEN = re.compile(
    DATED + r"|(?P<month2>\d{1,2})月(?P<day2>\d{1,2})日|(?<!\d)(?P<day3>\d{1,2})日"
    r"|(?P<aside>\([^()]*\)|(?:周|星期)[一二三四五六日天])|(?P<to>至|到|[—–~-]+)"
    r"|(?P<rest>(?<!不)(?:放假|补休|休息))|(?P<work>上班|补班)"
)
WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日天])")
WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
YEAR_OF_NOTICE = re.compile(r"(\d{4})年(?:部分)?节假日")
WORD = re.compile(r"[\u4e00-\u9fff]{2,}")
NOT_A_NAME = {"调休", "补休"}


@dataclass(frozen=True)
class Found:
    """One day that the text names."""

    day: date
    entry: Entry


@dataclass
class Reading:
    """What a text says: its days in order, weekdays it names for days, lines left unused, and what is wrong with it."""

    found: list[Found] = field(default_factory=list)
    weekdays: list[tuple[date, int]] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    year_of_notice: int | None = None

    @property
    def days(self) -> dict[date, Entry]:
        """The days; of two that contradict each other, the later one."""
        return {row.day: row.entry for row in self.found}


def read_calendar(text: str, year: int) -> Reading:
    """Read `text`; a day without its own year is one of `year`.

    A line that names a day which does not exist, or a span that cannot be, is a problem in a sentence; a line without
    days (the preamble, a signature) is left unused.
    """
    reading = Reading()
    plain = unicodedata.normalize("NFKC", text)
    if said := YEAR_OF_NOTICE.search(plain):
        reading.year_of_notice = int(said[1])
    reader = _Reader(year, reading)
    for line in text.splitlines():
        if line.strip():
            reader.read_line(line)
    return reading


class _Reader:
    """Walks the lines of one text; the name of a holiday stays in force until the next one."""

    def __init__(self, year: int, reading: Reading) -> None:
        self.year, self.reading = year, reading
        self.name = ""

    def read_line(self, line: str) -> None:
        before = len(self.reading.found), len(self.reading.problems)
        if not self._read_row(line):
            for sentence in re.split(r"[。;]", unicodedata.normalize("NFKC", line)):
                self._read_sentence(sentence)
        if before == (len(self.reading.found), len(self.reading.problems)):
            self.reading.unused.append(line.strip())

    def _read_row(self, line: str) -> bool:
        """Whether the line is a row of a table: a day, a kind and a name with tabs between them."""
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) < 2:
            return False
        dated = DATED_ROW.fullmatch(unicodedata.normalize("NFKC", cells[0]))
        kind = KINDS.get(unicodedata.normalize("NFKC", cells[1]))
        if dated is None or kind is None:
            return False
        day = self._day(int(dated["year"]), int(dated["month"]), int(dated["day"]), cells[0])
        if day:
            self._take([(day, day)], kind, cells[2] if len(cells) > 2 else "")
        return True

    def _read_sentence(self, sentence: str) -> None:
        head, colon, _rest = sentence.partition(":")
        if colon and (named := _names(head)):
            self.name = named
        spans: list[tuple[date, date]] = []
        kinds: list[HolidayKind] = []
        taken, joins, own_year = False, False, False
        for token in TOKEN.finditer(sentence):
            if token["aside"]:
                self._note_weekday(token["aside"], spans)
            elif token["to"]:
                joins = bool(spans)
            elif token["rest"] or token["work"]:
                kinds.append(HolidayKind.HOLIDAY if token["rest"] else HolidayKind.MAKEUP_WORKDAY)
                taken |= bool(spans)
                self._take(spans, kinds[-1], self._name_in(sentence, own_year=own_year))
                spans, joins = [], False
            elif day := self._dated(token, spans):
                own_year |= bool(token["year"])
                spans = [*spans[:-1], (spans[-1][0], day)] if joins and spans else [*spans, (day, day)]
                joins = False
        if spans and not taken and len(kinds) == 1:  # the kind was said before the day
            self._take(spans, kinds[0], self._name_in(sentence, own_year=own_year))

    def _dated(self, token: re.Match[str], spans: list[tuple[date, date]]) -> date | None:
        """The day of a token; a bare 「23日」 is of the month named last."""
        if token["year"]:
            return self._day(int(token["year"]), int(token["month"]), int(token["day"]), token[0])
        if token["month2"]:
            return self._day(self.year, int(token["month2"]), int(token["day2"]), token[0])
        return self._day(spans[-1][1].year, spans[-1][1].month, int(token["day3"]), token[0]) if spans else None

    def _day(self, year: int, month: int, day: int, said: str) -> date | None:
        try:
            return date(year, month, day)
        except ValueError:
            self.reading.problems.append(f"没有“{said}”这一天，请核对日期。")
            return None

    def _note_weekday(self, aside: str, spans: list[tuple[date, date]]) -> None:
        if spans and (said := WEEKDAY.search(aside)):
            self.reading.weekdays.append((spans[-1][1], WEEKDAYS[said[1]]))

    def _name_in(self, sentence: str, *, own_year: bool) -> str:
        """The holiday that the sentence names, or the one above; a line of a table may have a name of its own."""
        bare = TOKEN.sub(" ", sentence)
        if named := _names(bare):
            return named
        own = [word for word in WORD.findall(bare) if word not in NOT_A_NAME] if own_year else []
        return own[0] if own else self.name

    def _take(self, spans: list[tuple[date, date]], kind: HolidayKind, name: str) -> None:
        if spans and len(name) > LONGEST_NAME:
            self.reading.problems.append(f"名称“{name}”太长，最多 {LONGEST_NAME} 个字。")
            return
        for first, last in spans:
            self.reading.found += [Found(day, Entry(kind, name or str(kind.label))) for day in self._span(first, last)]

    def _span(self, first: date, last: date) -> Iterator[date]:
        if last < first and (first.month, last.month) == (DECEMBER, JANUARY):
            first = first.replace(year=last.year - 1)
        length = (last - first).days + 1
        if not 0 < length <= LONGEST_SPAN:
            said = f"“{first:%Y-%m-%d} 至 {last:%Y-%m-%d}”"
            self.reading.problems.append(f"{said}前后颠倒，或者超过 {LONGEST_SPAN} 天，请核对日期。")
            return
        yield from (first + timedelta(days=offset) for offset in range(length))


def _names(text: str) -> str:
    """国庆节、中秋节; "" where no holiday is named."""
    return "、".join(dict.fromkeys(FULL_NAMES.get(name, name) for name in NAMES.findall(text)))


def table_line(day: date, entry: Entry) -> str:
    """One day as a line that `read_calendar` reads back exactly."""
    return f"{day:%Y-%m-%d}\t{HolidayKind(entry.kind).label}\t{entry.name}"
