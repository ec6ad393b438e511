"""An office pastes a notice, looks at what would change, and confirms all of it or nothing."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.enums import AuditAction
from accounts.models import AuditEntry, User
from studios.calendar_days import Entry, changed, compare, fingerprint
from studios.calendar_sheet import calendar_export, calendar_template
from studios.calendar_text import read_calendar
from studios.enums import HolidayKind
from studios.models import CalendarChange, CalendarYear, Holiday
from studios.services.calendar_changes import (
    CalendarError,
    CalendarMovedError,
    announce_year,
    set_day,
    standing_entries,
)
from tests.cast import Cast
from tests.studios.announcing import NOTICE_2026, NOTICE_2027, SOURCE, announce_2027

Login = Callable[[User], Client]
ADDRESS = "/desk/calendar/import/"


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel("2026-11-24 09:30 +0800", tick=False):
        yield


def _typed(**other: object) -> dict[str, object]:
    return {"year": 2027, "source": SOURCE, "text": NOTICE_2027, **other}


def _seen(text: str = NOTICE_2027, year: int = 2027) -> str:
    return fingerprint(changed(compare(standing_entries(year), read_calendar(text, year).days)))


def test_the_preview_writes_nothing(cast: Cast, login: Login) -> None:
    page = login(cast.county_office).post(ADDRESS, _typed())
    words = page.content.decode()
    assert page.status_code == 200
    assert "新增 32 天" in words
    assert "法定节假日与历法推算一致" in words
    assert not Holiday.objects.filter(date__year=2027).exists()


def test_confirming_writes_rows_year_log_and_audit(cast: Cast, login: Login) -> None:
    answer = login(cast.county_office).post(ADDRESS, _typed(step="confirm", seen=_seen()))
    change = CalendarChange.objects.get()
    assert answer.headers["Location"] == change.get_absolute_url()
    assert CalendarYear.objects.get(year=2027).is_announced
    assert CalendarYear.objects.get(year=2027).source == SOURCE
    assert Holiday.objects.get(date=date(2027, 2, 20)).kind == HolidayKind.MAKEUP_WORKDAY
    assert (change.actor, change.county, change.year, len(change.days)) == (cast.county_office, cast.county, 2027, 32)
    assert change.days[0] == ["2027-01-01", "", "放假 元旦"]
    entry = AuditEntry.objects.get(action=AuditAction.SETTINGS)
    assert (entry.subject, entry.county) == ("办公日历", cast.county)


def test_confirming_twice_changes_nothing_more(cast: Cast, login: Login) -> None:
    announce_2027(cast)
    before = list(Holiday.objects.values_list("pk", "date", "kind"))
    answer = login(cast.county_office).post(ADDRESS, _typed(step="confirm", seen=_seen()))
    assert answer.status_code == 422
    assert "2027年已经公布，内容和现有的完全一样，不用导入。" in answer.content.decode()
    assert list(Holiday.objects.values_list("pk", "date", "kind")) == before
    assert CalendarChange.objects.count() == 1


def test_what_was_not_shown_is_not_written(cast: Cast, login: Login) -> None:
    seen = _seen()
    entry = Entry(HolidayKind.HOLIDAY, "县庆")
    set_day(day=date(2027, 8, 8), entry=entry, reason="县里通知", actor=cast.county_office, county=cast.county)
    answer = login(cast.county_office).post(ADDRESS, _typed(step="confirm", seen=seen))
    words = answer.content.decode()
    assert answer.status_code == 422
    assert "您核对之后有人改动了办公日历。已重新比对，请再核对一遍后确认。" in words
    assert "删去" in words
    assert not CalendarYear.objects.get(year=2027).is_announced
    with pytest.raises(CalendarMovedError):
        _announce(cast, seen)


def _announce(cast: Cast, seen: str) -> None:
    days = read_calendar(NOTICE_2027, 2027).days
    announce_year(year=2027, days=days, source=SOURCE, actor=cast.county_office, county=cast.county, seen=seen)


def test_doubts_must_be_looked_at(cast: Cast, login: Login) -> None:
    client, strange = login(cast.county_office), NOTICE_2027.replace("2月20日（周六）上班", "2月20日（周日）上班")
    asked = _typed(text=strange, step="confirm", seen=_seen(strange))
    answer = client.post(ADDRESS, asked)
    assert answer.status_code == 422
    assert "2027年2月20日是周六，文字里写的是周日。" in answer.content.decode()
    assert "请先逐条核对上面的提醒，再勾选确认" in answer.content.decode()
    assert not CalendarChange.objects.exists()
    assert client.post(ADDRESS, asked | {"checked": "on"}).status_code == 302


def test_a_year_with_one_wrong_line_is_refused_whole(cast: Cast, login: Login) -> None:
    answer = login(cast.county_office).post(ADDRESS, _typed(text=f"{NOTICE_2027}\n2月30日放假", step="confirm"))
    assert answer.status_code == 422
    assert "没有“2月30日”这一天，请核对日期。" in answer.content.decode()
    assert "2月30日放假</textarea>" in answer.content.decode()
    assert not Holiday.objects.filter(date__year=2027).exists()


def test_the_second_opinion_is_shown_and_does_not_decide(cast: Cast, login: Login) -> None:
    without = NOTICE_2027.replace("六、中秋节：9月15日（周三）放假，不调休。", "")
    client = login(cast.county_office)
    words = client.post(ADDRESS, _typed(text=without)).content.decode()
    assert "9月15日（周三）按历法是中秋节，这里不是放假。" in words
    assert client.post(ADDRESS, _typed(text=without, step="confirm", seen=_seen(without))).status_code == 302


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"text": ""}, "请粘贴通知，或上传 Excel"),
        ({"year": ""}, "请填写年份，如 2027"),
        ({"year": "明年"}, "年份请填四位数字，如 2027"),
        ({"year": "1900"}, "年份请填 2008 到 2100 之间的数字"),
        ({"source": ""}, "请填写来源，如通知的名称和文号"),
        ({"text": "放" * 8001}, "最多 8000 个字，请只粘贴放假和上班的各条"),
        ({"text": "没有日子"}, "没有读出放假或上班的日期"),
        ({"text": NOTICE_2026}, "通知写的是2026年的节假日，您选的是2027年"),
    ],
)
def test_bad_input_gets_a_sentence(cast: Cast, login: Login, wrong: dict[str, str], sentence: str) -> None:
    answer = login(cast.county_office).post(ADDRESS, _typed(**wrong))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_going_back_keeps_what_was_typed(cast: Cast, login: Login) -> None:
    answer = login(cast.county_office).post(ADDRESS, _typed(step="edit"))
    assert "9月26日（周日）、10月9日（周六）上班" in answer.content.decode()


def _workbook(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("日历.xlsx", data)


def test_a_workbook_is_previewed_like_a_text(cast: Cast, login: Login) -> None:
    data = calendar_export(2027, read_calendar(NOTICE_2027, 2027).days.items(), [])
    words = login(cast.county_office).post(ADDRESS, _typed(text="", file=_workbook(data))).content.decode()
    assert "新增 32 天" in words


def test_bad_workbooks_get_a_sentence(cast: Cast, login: Login) -> None:
    client = login(cast.county_office)
    both = client.post(ADDRESS, _typed(file=_workbook(calendar_template())))
    assert "粘贴文字和上传文件请只选一种" in both.content.decode()
    empty = client.post(ADDRESS, _typed(text="", file=_workbook(calendar_template())))
    assert "表格里没有数据" in empty.content.decode()
    broken = client.post(ADDRESS, _typed(text="", file=_workbook(b"nothing")))
    assert "这个文件不是 Excel 工作簿" in broken.content.decode()
    long = calendar_export(2027, [(date(2027, 1, 1), Entry(HolidayKind.HOLIDAY, "长" * 21))], [])
    assert (
        "第 2 行读不出日期、类型或名称" in client.post(ADDRESS, _typed(text="", file=_workbook(long))).content.decode()
    )


def test_a_day_by_hand(cast: Cast, login: Login) -> None:
    client = login(cast.county_office)
    typed = {"day": "2026-12-07", "kind": "HOLIDAY", "name": "县庆", "reason": "县里通知"}
    assert client.post("/desk/calendar/days/new/", typed).status_code == 302
    assert Holiday.objects.get(date=date(2026, 12, 7)).source == "县里通知"
    again = client.post("/desk/calendar/days/new/", typed)
    assert "12月7日（周一）现在就是这样，没有改动。" in again.content.decode()
    assert client.post("/desk/calendar/days/new/", typed | {"kind": "ORDINARY", "name": ""}).status_code == 302
    assert not Holiday.objects.filter(date=date(2026, 12, 7)).exists()
    labels = list(CalendarChange.objects.order_by("pk").values_list("summary", flat=True))
    assert labels == ["2026年12月7日（周一）：新增", "2026年12月7日（周一）：删去"]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"day": ""}, "请填写日期"),
        ({"day": "明天"}, "日期请按“2026-07-01”填写"),
        ({"day": "2020-01-01"}, "只能改前一年到后三年以内的日子，请核对日期"),
        ({"kind": ""}, "请选择这一天放假、上班还是照平常"),
        ({"name": ""}, "请填写名称，如“国庆节”"),
        ({"reason": ""}, "请写明依据或原因"),
    ],
)
def test_a_wrong_day_gets_a_sentence(cast: Cast, login: Login, wrong: dict[str, str], sentence: str) -> None:
    typed = {"day": "2026-12-07", "kind": "HOLIDAY", "name": "县庆", "reason": "县里通知"} | wrong
    answer = login(cast.county_office).post("/desk/calendar/days/new/", typed)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not CalendarChange.objects.exists()


@pytest.mark.parametrize("asked", ["2026-10-03", "2026-10-32", "x", ""])
def test_the_form_begins_with_the_day_as_it_stands(cast: Cast, login: Login, asked: str) -> None:
    page = login(cast.county_office).get(f"/desk/calendar/days/new/?on={asked}")
    assert page.status_code == 200
    assert ("国庆节" in str(page.context["form"]["name"])) is (asked == "2026-10-03")


def test_a_day_that_is_so_already_is_refused(cast: Cast) -> None:
    with pytest.raises(CalendarError):
        set_day(day=date(2026, 12, 7), entry=None, reason="x", actor=cast.county_office, county=cast.county)
