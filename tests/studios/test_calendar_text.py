"""Notices and tables are read as they are published; what was exported comes back unchanged."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studios.calendar_checks import refusals, warnings
from studios.calendar_crosscheck import disagreements
from studios.calendar_days import Entry, changed, compare
from studios.calendar_sheet import calendar_export, lines_of
from studios.calendar_source import announced_exceptions
from studios.calendar_text import read_calendar, table_line
from studios.enums import HolidayKind
from tests.studios.announcing import NOTICE_2024, NOTICE_2025, NOTICE_2026, NOTICE_2027

OFF, WORK = HolidayKind.HOLIDAY, HolidayKind.MAKEUP_WORKDAY


@pytest.mark.parametrize(("year", "text"), [(2024, NOTICE_2024), (2025, NOTICE_2025), (2026, NOTICE_2026)])
def test_a_notice_says_what_was_announced(year: int, text: str) -> None:
    reading = read_calendar(text, year)
    announced = announced_exceptions(year)
    assert announced is not None
    assert {day: entry.kind for day, entry in reading.days.items()} == {day: kind for day, kind, _name in announced}
    assert refusals(reading, year) == []
    assert warnings(reading, year) == []
    assert disagreements(year, reading.days) == []


def test_the_preamble_and_the_signature_are_left_unused() -> None:
    unused = read_calendar(NOTICE_2026, 2026).unused
    assert [unused[0], unused[-1]] == ["关于2026年部分节假日安排的通知", "2025年11月4日"]
    assert len(unused) == 5


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("2027-01-01 元旦 放假", {date(2027, 1, 1): Entry(OFF, "元旦")}),
        ("2027/1/1\t放假\t元旦", {date(2027, 1, 1): Entry(OFF, "元旦")}),
        ("2027年2月20日 春节 上班", {date(2027, 2, 20): Entry(WORK, "春节")}),
        ("放假 2027.10.01 国庆", {date(2027, 10, 1): Entry(OFF, "国庆节")}),
        ("2027-08-08 开渔节 放假", {date(2027, 8, 8): Entry(OFF, "开渔节")}),
        ("１月１日（星期五）放假", {date(2027, 1, 1): Entry(OFF, "放假")}),
        ("2月20日(星期六)上班", {date(2027, 2, 20): Entry(WORK, "调休上班")}),
        ("元旦：1月1日不放假", {}),
        ("值班电话 88880000", {}),
    ],
)
def test_single_lines(line: str, expected: dict[date, Entry]) -> None:
    assert read_calendar(line, 2027).days == expected


def test_a_span_may_be_short_and_may_begin_in_the_year_before() -> None:
    assert list(read_calendar("1月1日至3日放假", 2027).days) == [date(2027, 1, 1) + timedelta(days=n) for n in range(3)]
    days = list(read_calendar("元旦：12月31日至1月2日放假", 2023).days)
    assert days == [date(2022, 12, 31), date(2023, 1, 1), date(2023, 1, 2)]
    explicit = read_calendar("元旦：2022年12月31日至2023年1月2日放假调休", 2023)
    assert list(explicit.days) == days
    assert "2022年12月31日是上一年的日子，也会一并录入。" in warnings(explicit, 2023)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "没有读出放假或上班的日期。请粘贴通知里“放假”“上班”的各条，或每行写“日期 名称 放假”。"),
        ("2月30日放假", "没有“2月30日”这一天，请核对日期。"),
        ("5月3日至1日放假", "“2027-05-03 至 2027-05-01”前后颠倒，或者超过 31 天，请核对日期。"),
        ("1月1日至10月1日放假", "“2027-01-01 至 2027-10-01”前后颠倒，或者超过 31 天，请核对日期。"),
        ("2027-01-01 放假\n1月1日上班", "2027年1月1日既写了放假又写了上班，请只留一种。"),
        ("2026-10-01 国庆节 放假", "2026年10月1日不是2027年的日子，请改日期，或到2026年去录入。"),
        (
            "2026年部分节假日安排\n1月1日放假",
            "通知写的是2026年的节假日，您选的是2027年。请改年份，或换成2027年的通知。",
        ),
        (f"2027-01-01\t放假\t{'长' * 21}", f"名称“{'长' * 21}”太长，最多 20 个字。"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(text: str, sentence: str) -> None:
    assert sentence in refusals(read_calendar(text, 2027), 2027)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1月1日放假", "没有春节。一年的安排里应当有春节，请核对是否漏贴。"),
        ("春节：2月8日上班", "2月8日（周一）本来就上班，却写成调休上班。"),
        ("春节：2月8日放假。2月8日放假", "2月8日（周一）写了两次。"),
        ("春节：2月20日（周日）上班", "2027年2月20日是周六，文字里写的是周日。"),
        ("春节：2月5日（周五）至11日（周五）放假", "2027年2月11日是周四，文字里写的是周五。"),
    ],
)
def test_what_looks_strange_is_said(text: str, sentence: str) -> None:
    reading = read_calendar(text, 2027)
    assert refusals(reading, 2027) == []
    assert sentence in warnings(reading, 2027)


def test_the_second_opinion_names_the_missing_day_and_decides_nothing() -> None:
    without = NOTICE_2027.replace("六、中秋节：9月15日（周三）放假，不调休。", "")
    reading = read_calendar(without, 2027)
    assert disagreements(2027, reading.days) == ["9月15日（周三）按历法是中秋节，这里不是放假。"]
    assert refusals(reading, 2027) == []
    assert disagreements(2027, read_calendar(NOTICE_2027, 2027).days) == []


names = st.text("元旦春节国庆放假上班至日月1一（）()：—-~ａ=+'", min_size=1, max_size=20).filter(
    lambda text: text == text.strip() and " ".join(text.split()) == text
)
years = st.dictionaries(
    st.dates(date(2027, 1, 1), date(2027, 12, 31)), st.builds(Entry, st.sampled_from([OFF, WORK]), names), min_size=1
)


@given(years)
def test_importing_what_was_exported_changes_nothing(days: dict[date, Entry]) -> None:
    text = "\n".join(table_line(day, entry) for day, entry in sorted(days.items()))
    reading = read_calendar(text, 2027)
    assert refusals(reading, 2027) == []
    assert changed(compare(days, reading.days)) == []


def test_the_workbook_comes_back_unchanged() -> None:
    days = read_calendar(NOTICE_2027, 2027).days | {date(2027, 8, 8): Entry(OFF, "=放假 上班")}
    text = lines_of(calendar_export(2027, days.items(), []), 2027)
    assert read_calendar(text, 2027).days == days
