"""Long lists are written in the background: once, by one worker, for their owner, for a day; and nothing is lost."""

from collections.abc import Callable
from io import BytesIO, StringIO

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.test import Client
from openpyxl import load_workbook

from accounts.enums import AuditAction, Role
from accounts.models import AuditEntry, User
from accounts.services import grant_role
from notifications.models import Message
from notifications.tasks import sweep_reminders
from reports.enums import ExportState
from reports.models import ExportJob
from reports.services import exports
from reports.tasks import sweep_exports
from tests.appointments.factories import VisitFactory
from tests.cast import Cast
from tests.reports.exporting import address_of
from tests.uploads.pictures import read

Login = Callable[[User], Client]
START, LIST = "/reports/exports/visits/start/", "/reports/exports/"


class Killed(BaseException):
    """As sudden as kill -9: no handler of the code runs."""


@pytest.fixture
def visits(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """Seven visits, chunks of three rows, and a limit of five rows at once."""
    monkeypatch.setattr("reports.views.exports.AT_ONCE", 5)
    monkeypatch.setattr("reports.listings.definition.CHUNK", 3)
    for number in range(7):
        VisitFactory(
            studio=cast.studio, representative=cast.representative, recorded_by=cast.liaison, matter=f"第{number}件"
        )
    return cast


def _start(client: Client, **data: str) -> ExportJob:
    response = client.post(START, {"reason": "年度归档", **data})
    assert (response.status_code, response.url) == (302, LIST)
    return ExportJob.objects.latest("pk")


def _file(job: ExportJob) -> str:
    return f"{LIST}{job.pk}/file.xlsx"


def test_from_the_button_to_the_file(visits: Cast, login: Login) -> None:
    client = login(visits.liaison)
    asked = client.get(address_of("visits") + "?q=第")
    assert asked.status_code == 422
    assert f'action="{START}"' in asked.content.decode()
    assert '<input type="hidden" name="q" value="第">' in asked.content.decode()
    job = _start(client, q="第")
    assert (job.state, job.total, job.query) == ("WAITING", 7, "q=%E7%AC%AC")
    page = client.get(LIST).content.decode()
    assert "等待导出 0 / 7 行" in page
    assert 'hx-trigger="every 3s"' in page
    assert sweep_exports() == 1
    job.refresh_from_db()
    assert (job.state, job.done, job.attempts) == ("DONE", 7, 1)
    page = client.get(LIST).content.decode()
    assert _file(job) in page
    assert "hx-trigger" not in page
    book = load_workbook(BytesIO(read(client.get(_file(job)))))
    assert sorted(cell.value for cell in book["清单"]["A"][1:]) == [f"第{number}件" for number in range(7)]
    assert ("导出事由", "年度归档") in list(book["导出条件"].values)
    sweep_reminders()
    assert Message.objects.get(user=visits.liaison).title == "接访登记簿已导出，共 7 行"
    told = AuditEntry.objects.filter(action=AuditAction.EXPORT).order_by("id").values_list("subject", flat=True)
    assert list(told) == ["接访登记簿 7 条", "下载接访登记簿 7 条"]


def test_a_reason_is_wanted_and_the_conditions_are_kept(visits: Cast, login: Login) -> None:
    response = login(visits.liaison).post(START, {"q": "第", "reason": ""})
    assert response.status_code == 422
    assert "请填写导出事由" in response.content.decode()
    assert '<input type="hidden" name="q" value="第">' in response.content.decode()
    assert not ExportJob.objects.exists()


def test_a_double_click_is_one_job(visits: Cast, login: Login) -> None:
    client = login(visits.liaison)
    assert _start(client) == _start(client)
    assert ExportJob.objects.count() == AuditEntry.objects.filter(action=AuditAction.EXPORT).count() == 1
    assert _start(client, q="第1").pk != ExportJob.objects.earliest("pk").pk
    sweep_exports()
    assert _start(client) != ExportJob.objects.earliest("pk"), "a new file for a new day"


def test_a_killed_worker_is_replaced(visits: Cast, login: Login, monkeypatch: pytest.MonkeyPatch) -> None:
    job = _start(login(visits.liaison))
    beats = 0

    def die(*args: object) -> object:
        nonlocal beats
        beats += 1
        if beats == 2:
            raise Killed
        return each(*args)

    each = exports.each_chunk
    with time_machine.travel("2026-11-23 10:00 +0800", tick=False) as clock, monkeypatch.context() as patched:
        patched.setattr(exports, "each_chunk", die)
        with pytest.raises(Killed):
            sweep_exports()
        job.refresh_from_db()
        assert (job.state, job.done) == ("RUNNING", 3)
        assert sweep_exports() == 0, "the lease still stands"
        clock.shift(121)
        assert sweep_exports() == 1
    job.refresh_from_db()
    assert (job.state, job.done, job.attempts) == ("DONE", 7, 2)


def test_what_dies_every_time_is_given_up(visits: Cast, login: Login) -> None:
    job = _start(login(visits.liaison))
    ExportJob.objects.update(attempts=3)
    assert sweep_exports() == 0
    job.refresh_from_db()
    assert (job.state, job.note) == ("FAILED", "几次都没有写完，请缩小范围再导出")
    sweep_reminders()
    assert Message.objects.get(user=visits.liaison).title == "接访登记簿没有导出成功"


def test_a_defect_stops_one_list_and_no_other(visits: Cast, login: Login, monkeypatch: pytest.MonkeyPatch) -> None:
    bad, good = _start(login(visits.liaison)), _start(login(visits.county_office))
    write = exports.write_listing

    def broken(*args: object) -> int:
        if ExportJob.objects.get(pk=bad.pk).state == ExportState.RUNNING:
            raise ZeroDivisionError
        return write(*args)

    monkeypatch.setattr(exports, "write_listing", broken)
    assert sweep_exports() == 1
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.state, good.state) == ("FAILED", "DONE")


def test_cancelled_while_it_is_written(visits: Cast, login: Login, monkeypatch: pytest.MonkeyPatch) -> None:
    client = login(visits.liaison)
    job = _start(client)
    each = exports.each_chunk

    def cancel(*args: object) -> object:
        client.post(f"{LIST}{job.pk}/cancel/")
        return each(*args)

    monkeypatch.setattr(exports, "each_chunk", cancel)
    assert sweep_exports() == 0
    job.refresh_from_db()
    assert (job.state, job.file.name) == ("CANCELLED", "")
    assert client.get(_file(job)).status_code == 404
    assert "不用取消" in client.post(f"{LIST}{job.pk}/cancel/", follow=True).content.decode()
    assert not default_storage.exists(job.path)


def test_a_day_later_the_file_is_gone_and_the_row_stays(visits: Cast, login: Login) -> None:
    client = login(visits.liaison)
    job = _start(client)
    sweep_exports()
    assert default_storage.exists(job.path)
    with time_machine.travel(ExportJob.objects.get().expires_at):
        late = login(visits.liaison)
        assert late.get(_file(job)).status_code == 404
        sweep_exports()
        assert "已过期" in late.get(LIST).content.decode()
    job.refresh_from_db()
    assert (job.state, job.done) == ("EXPIRED", 7)
    assert not default_storage.exists(job.path)


def test_only_the_owner_and_only_while_they_may(visits: Cast, login: Login) -> None:
    client = login(visits.town_office)
    job = _start(client)
    sweep_exports()
    assert login(visits.county_office).get(_file(job)).status_code == 404
    assert job.reason not in login(visits.county_office).get(LIST).content.decode()
    visits.town_office.memberships.get().delete()
    assert client.get(_file(job)).status_code == 403
    grant_role(user=visits.town_office, role=Role.DELEGATION_OFFICE, organization=visits.other_town, actor=visits.admin)
    refused = client.get(_file(job))
    assert refused.status_code == 403
    assert "角色有变动" in refused.content.decode()
    grant_role(user=visits.town_office, role=Role.DELEGATION_OFFICE, organization=visits.town, actor=visits.admin)
    assert len(read(client.get(_file(job)))) > 1000


def test_who_lost_the_right_meanwhile_gets_no_file(visits: Cast, login: Login) -> None:
    job = _start(login(visits.liaison))
    User.objects.filter(pk=visits.liaison.pk).update(is_active=False)
    assert sweep_exports() == 0
    job.refresh_from_db()
    assert (job.state, job.note) == ("FAILED", "您已没有导出这份清单的权限")


def test_rows_are_those_visible_when_it_is_written(visits: Cast, login: Login) -> None:
    job = _start(login(visits.liaison))
    visits.studio.liaisons.clear()
    sweep_exports()
    job.refresh_from_db()
    assert (job.state, job.done) == ("DONE", 0)


def test_it_works_without_a_broker_and_says_when_nobody_works(visits: Cast, login: Login) -> None:
    with time_machine.travel("2026-11-23 10:00 +0800", tick=False) as clock:
        client = login(visits.liaison)
        _start(client)
        assert "后台可能没有运行" not in client.get(LIST).content.decode()
        clock.shift(180)
        assert "后台可能没有运行" in client.get(LIST).content.decode()
        said = StringIO()
        call_command("write_exports", stdout=said)
    assert said.getvalue() == "写出 1 份清单\n"
    assert ExportJob.objects.get().state == ExportState.DONE
