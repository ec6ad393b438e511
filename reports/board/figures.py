"""The figures of the board (pages.md §3): which numbers each shows, in which order, and what it says in a sentence."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from itertools import product

from appointments.enums import AppointmentKind, Category
from reports.board.chart import Cell, ChartKind, Column, Figure, Mark, Row, Tone, drawn_with_n, ranked
from reports.board.counts import MIX, Counts
from reports.board.places import address
from reports.stats import MEASURES, Numbers, Tally, total, value
from studios.measures import Groups
from studios.periods import month_words
from suggestions.enums import Evaluator
from suggestions.measures import Aspect, Said, rating_key

NO_DATA = "本期暂无数据"
SIMPLE_DAYS, LONGEST_DAYS = 10, 30
"""The source's own limits, drawn as lines."""
FOUR_TONES = (Tone.FIRST, Tone.SECOND, Tone.THIRD, Tone.FOURTH)
OUTCOMES = ((Said.SATISFIED, Tone.GOOD), (Said.BASIC, Tone.MIDDLING), (Said.UNSATISFIED, Tone.BAD))


def months(counts: Counts) -> Figure:
    """People received and cases collected, month by month; a unit's: collected and closed."""
    keys = ("accepted", "closed") if counts.place.is_unit else ("people_received", "accepted")
    names = ("收集建议", "已办结") if counts.place.is_unit else ("接访人次", "收集建议")
    rows = tuple(_month(counts, month, numbers, keys) for month, numbers in counts.by_month.items())
    best = max(rows, key=lambda row: row.cells[0].number, default=None)
    unit = MEASURES[keys[0]].unit
    note = f"{names[0]}最多的是{best.label}，{best.cells[0].number:,} {unit}。" if best else NO_DATA
    columns = (Column(names[0], Tone.FIRST), Column(names[1], Tone.SECOND))
    return Figure("months", "和".join(names) + "（按月）", note, "月份", columns, rows, ChartKind.LINES)


def mix(counts: Counts) -> Figure:
    """Appointments held by kind, month by month."""
    rows = tuple(_month(counts, month, numbers, MIX) for month, numbers in counts.by_month.items())
    held = [sum(row.cells[nth].number for row in rows) for nth in range(len(MIX))]
    words = "，".join(f"{label} {n:,} 场" for label, n in zip(AppointmentKind.labels, held, strict=True))
    columns = tuple(Column(label, tone) for label, tone in zip(AppointmentKind.labels, FOUR_TONES, strict=True))
    note = f"已举行{words}。" if sum(held) else NO_DATA
    return Figure("mix", "约见方式（按月）", note, "月份", columns, rows, ChartKind.STACK)


def categories(counts: Counts) -> Figure:
    """Cases by category, the most first; 其他 is last, whatever it counts. Ten have a name of their own."""
    found = {str(key): numbers for (key,), numbers in counts.by_category.items()}
    named = ranked(_category(counts, key, found[key]) for key in found if key != Category.OTHER)
    rest = ranked(_category(counts, key, found[key]) for key in found if key == Category.OTHER)
    rows = (*named, *rest)
    note = "最多的是" + "、".join(f"{row.label} {row.cells[0].number:,} 件" for row in named[:3]) + "。"
    columns = (Column("收集", Tone.FIRST), Column("已办结"), Column("办结率"))
    return Figure("categories", "建议类别", note if named else NO_DATA, "类别", columns, rows, ChartKind.BARS)


def units(counts: Counts) -> Figure:
    """Answered in time, after an extension, late: by unit, the largest share of late ones first, with their n."""
    names = counts.names(unit for (unit,) in counts.by_unit)
    rows = [_unit(counts, unit, names.get(unit, "未定单位"), n) for (unit,), n in counts.by_unit.items() if n["judged"]]
    rows.sort(key=lambda row: (-_late_share(row), -row.cells[3].number, row.label))
    whole = total(counts.by_unit)
    note = f"{len(rows)} 个单位，逾期率 {value(whole, 'late').words}（n = {whole['judged']:,}）。"
    columns = (
        *(Column("按期", Tone.GOOD), Column("延期", Tone.MIDDLING), Column("逾期", Tone.BAD)),
        *(Column("n"), Column("逾期率")),
    )
    drawn = tuple(drawn_with_n(row, row.cells[3].number) for row in rows)
    return Figure(
        "units", "按期、延期和逾期（按单位）", note if rows else NO_DATA, "单位", columns, drawn, ChartKind.SHARES
    )


def days(counts: Counts) -> Figure:
    """How many days an answer took: a dot strip of all answered cases, with the limits and the median."""
    held = {
        key.days: n["replied"] for (key,), n in counts.by_days.items() if isinstance(key, timedelta) and n["replied"]
    }
    rows = tuple(
        Row(f"{day} 天", (Cell(held[day], counts.link("replied", {"days": day})),), drawn_as=str(day))
        for day in sorted(held)
    )
    middle = median(held)
    marks = [Mark(SIMPLE_DAYS, "10 天"), Mark(LONGEST_DAYS, "30 天")]
    marks += [] if middle is None else [Mark(float(middle), f"中位 {_days(middle)}")]
    quick = sum(n for day, n in held.items() if day <= SIMPLE_DAYS)
    slow = sum(n for day, n in held.items() if day > LONGEST_DAYS)
    note = NO_DATA
    if middle is not None:
        spread = f"10 天内 {quick:,} 件，超过 30 天 {slow:,} 件，共 {sum(held.values()):,} 件"
        note = f"一半在 {_days(middle)}内答复；{spread}。"
    return Figure(
        "days", "办理天数", note, "天数", (Column("已答复", Tone.FIRST),), rows, ChartKind.DOTS, marks=tuple(marks)
    )


def satisfaction(counts: Counts) -> Figure:
    """Satisfied, nearly, not: by who rated and what, of the last round, with how many rated of those who could."""
    rows = tuple(_rating(counts, of, aspect) for of, aspect in product(Evaluator, Aspect))
    rows = tuple(row for row in rows if row.cells[-1].number)
    said, forwarded = counts.numbers[rating_key(Said.EVALUATED)], counts.numbers["forwarded"]
    note = f"有效评价 {said:,} 份 / 已转交 {forwarded:,} 件。" if said else NO_DATA
    columns = (*(Column(said.label, tone) for said, tone in OUTCOMES), Column("有效评价"))
    return Figure("satisfaction", "满意度", note, "谁评什么", columns, rows, ChartKind.SHARES)


def places(counts: Counts) -> Figure:
    """Towns, or the counties of a reader who has several: the most cases first, with the rates beside them."""
    by_county = "county" if counts.place.dimension == "" and len(counts.user.scope.reads_county_ids) > 1 else ""
    dimension = by_county or "delegation"
    found = _by(counts.by_place, 0 if by_county else 1)
    names = counts.names(found)
    rows = ranked(_place(counts, dimension, pk, names[pk], numbers) for pk, numbers in found.items())
    what = "县（市、区）" if by_county else "代表队"
    note = f"{len(rows)} 个{what}，收集最多的是{rows[0].label}，{rows[0].cells[0].number:,} 件。" if rows else NO_DATA
    columns = (
        *(Column("收集建议", Tone.FIRST), Column("已办结"), Column("办结率"), Column("满意率")),
        Column("接访人次"),
    )
    return Figure("places", f"各{what}", note, what, columns, rows, ChartKind.BARS, drawn=20)


def median(held: Mapping[int, int]) -> Fraction | None:
    """The median of values that occur so many times; between two middle ones their mean; None of nothing."""
    n = sum(held.values())
    if not n:
        return None
    return Fraction(_nth(held, (n - 1) // 2) + _nth(held, n // 2), 2)


def _nth(held: Mapping[int, int], nth: int) -> int:
    passed = 0
    for item in sorted(held):
        passed += held[item]
        if nth < passed:
            return item
    raise IndexError(nth)


def _days(number: Fraction) -> str:
    return f"{float(number):g} 天"


def _counted(counts: Counts, key: str, numbers: Numbers, where: Groups) -> Cell:
    return Cell(numbers[key], counts.link(key, where) if numbers[key] else "")


def _share(numbers: Numbers, ratio: str) -> Cell:
    return Cell(0, rate=value(numbers, ratio).words)


def _month(counts: Counts, month: date, numbers: Numbers, keys: tuple[str, ...]) -> Row:
    cells = tuple(_counted(counts, key, numbers, {"month": month}) for key in keys)
    return Row(month_words(month), cells, drawn_as=f"{month:%Y-%m}")


def _category(counts: Counts, key: str, numbers: Numbers) -> Row:
    where = {"category": key}
    counted = (_counted(counts, "accepted", numbers, where), _counted(counts, "closed", numbers, where))
    return Row(Category(key).label, (*counted, _share(numbers, "closing")))


def _unit(counts: Counts, unit: object, name: str, numbers: Numbers) -> Row:
    keys = ("on_time_unextended", "on_time_extended", "late", "judged")
    cells = tuple(_counted(counts, key, numbers, {"unit": unit}) for key in keys)
    url = address("unit", unit) if unit and not counts.place.is_unit else ""
    return Row(name, (*cells, _share(numbers, "late")), url)


def _late_share(row: Row) -> Fraction:
    return Fraction(row.cells[2].number, row.cells[3].number)


def _rating(counts: Counts, of: Evaluator, aspect: Aspect) -> Row:
    keys = [rating_key(said, of=of, aspect=aspect) for said in (*(said for said, _tone in OUTCOMES), Said.EVALUATED)]
    cells = tuple(_counted(counts, key, counts.numbers, {}) for key in keys)
    return drawn_with_n(Row(f"{of.label}评{aspect.label}", cells), cells[-1].number)


def _place(counts: Counts, dimension: str, pk: object, name: str, numbers: Numbers) -> Row:
    where = {dimension: pk}
    cells = (
        *(_counted(counts, "accepted", numbers, where), _counted(counts, "closed", numbers, where)),
        *(_share(numbers, "closing"), _share(numbers, "satisfaction")),
        _counted(counts, "people_received", numbers, where),
    )
    return Row(name, cells, address(dimension, pk))


def _by(tally: Tally, nth: int) -> dict[object, Numbers]:
    """The tally over one of its dimensions alone."""
    found: dict[object, Numbers] = {}
    for key, numbers in tally.items():
        found.setdefault(key[nth], Counter()).update(numbers)
    return found
