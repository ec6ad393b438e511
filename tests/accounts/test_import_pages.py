"""Upload, preview, confirm: nothing before, all or nothing then, and on record afterwards."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.enums import AuditAction, ImportState
from accounts.models import AuditEntry, ImportRun, Organization, User
from accounts.tasks import sweep_imports
from tests.accounts.sheets import confirm, counts, previewed, reasons, resource_of, upload
from tests.cast import Cast
from tests.sheets.books import book_of, cells_of, edited, sheet_of

Login = Callable[[User], Client]
NEW = {"代码": "U10", "名称": "水利局", "简称": "水利局", "联系电话": "0513-88880010"}
CHANGED = {"代码": "U01", "名称": "交通运输局", "简称": "交通局", "联系电话": 19900000001, "在用": "是"}
SAME = {"代码": "U02", "名称": "住房和城乡建设局", "简称": "住建局", "在用": "是"}
BROKEN = {"代码": "U11", "名称": "", "简称": "没有名称", "联系电话": "12"}


def test_a_preview_writes_nothing_and_says_what_would_be(cast: Cast, login: Login) -> None:
    client = login(cast.county_office)
    run = previewed(client, "units", cast.county_office, [NEW, CHANGED, SAME, BROKEN])
    page = client.get(run.get_absolute_url()).content.decode()
    assert counts(run) == (1, 1, 1, 1)
    assert "联系电话：<del>（空）</del> → <ins>19900000001</ins>" in page
    assert "请填写名称" in page
    assert "联系电话：“12”不是电话" in page
    assert "确认导入" not in page
    assert not Organization.objects.filter(code="U10").exists()


def test_refused_rows_stop_everything(cast: Cast, login: Login) -> None:
    client = login(cast.county_office)
    run = previewed(client, "units", cast.county_office, [NEW, BROKEN])
    assert "还有不能导入的行" in confirm(client, run)
    assert run.state == ImportState.PREVIEWED
    assert not Organization.objects.filter(code="U10").exists()


def test_confirming_writes_all_and_leaves_a_trace(cast: Cast, login: Login) -> None:
    client = login(cast.county_office)
    run = previewed(client, "units", cast.county_office, [NEW, CHANGED, SAME])
    assert "已导入：新增 1 行，修改 1 行。" in confirm(client, run)
    unit = Organization.objects.get(code="U10")
    assert (unit.county, unit.parent, unit.kind, unit.is_active) == (cast.county, cast.county, "UNIT", True)
    assert "slj" in unit.search_key
    cast.county_unit.refresh_from_db()
    assert cast.county_unit.phone == "19900000001"
    assert (run.state, run.applied_at is None) == (ImportState.APPLIED, False)
    entry = AuditEntry.objects.get(action=AuditAction.IMPORT)
    assert (entry.actor, entry.subject) == (cast.county_office, "承办单位：新增 1，修改 1，不变 1")
    history = client.get(reverse("accounts:imports")).content.decode()
    assert "党联办甲" in history and "表格.xlsx" in history


def test_confirming_twice_writes_once(cast: Cast, login: Login) -> None:
    client = login(cast.county_office)
    run = previewed(client, "units", cast.county_office, [NEW])
    confirm(client, run)
    assert "这个文件已经导入过了" in confirm(client, run)
    assert AuditEntry.objects.filter(action=AuditAction.IMPORT).count() == 1


def test_what_changed_meanwhile_is_shown_again_and_not_overwritten(cast: Cast, login: Login) -> None:
    client = login(cast.county_office)
    run = previewed(client, "units", cast.county_office, [CHANGED])
    Organization.objects.filter(pk=cast.county_unit.pk).update(phone="0513-99990000")
    assert "您核对之后有人改动了这些记录" in confirm(client, run)
    cast.county_unit.refresh_from_db()
    assert cast.county_unit.phone == "0513-99990000"
    assert "<del>0513-99990000</del>" in client.get(run.get_absolute_url()).content.decode()
    assert "已导入" in confirm(client, run)


def test_only_the_uploader_confirms(cast: Cast, login: Login) -> None:
    run = previewed(login(cast.town_office), "studios", cast.town_office, [{"编号": "S9"}])
    ImportRun.objects.filter(pk=run.pk).update(refused=0)
    assert "只有上传的人可以确认导入" in confirm(login(cast.county_office), run)
    for user in (cast.other_town_office, cast.stranger, cast.liaison, cast.admin):
        response = login(user).post(reverse("accounts:import_apply", args=[run.pk]))
        assert response.status_code == 404


def test_without_the_role_the_own_import_is_gone(cast: Cast, login: Login) -> None:
    client = login(cast.county_office)
    run = previewed(client, "units", cast.county_office, [NEW])
    cast.county_office.memberships.all().delete()
    assert client.post(reverse("accounts:import_apply", args=[run.pk])).status_code == 404


def test_a_preview_expires_after_a_day_and_its_files_go(cast: Cast, login: Login) -> None:
    client = login(cast.county_office)
    run = previewed(client, "units", cast.county_office, [NEW])
    files = [run.file.name, run.report.name]
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert "核对结果已超过 24 小时" in confirm(login(cast.county_office), run)
        assert sweep_imports() == 1
        assert sweep_imports() == 0
        run.refresh_from_db()
        assert "核对结果保留 24 小时" in login(cast.county_office).get(run.get_absolute_url()).content.decode()
        assert "核对结果已超过 24 小时" in confirm(login(cast.county_office), run)
    assert run.state == ImportState.EXPIRED
    assert not any(default_storage.exists(name) for name in files)


def test_the_stored_file_has_nothing_of_its_name(cast: Cast, login: Login) -> None:
    run = previewed(login(cast.county_office), "units", cast.county_office, [NEW])
    assert run.file_name == "表格.xlsx"
    assert "表格" not in run.file.name
    assert len(run.sha256) == 64


def test_refused_rows_come_back_corrected_and_are_imported(cast: Cast, login: Login) -> None:
    client = login(cast.county_office)
    run = previewed(client, "units", cast.county_office, [NEW, BROKEN, CHANGED])
    data = client.get(reverse("accounts:import_refused", args=[run.pk])).content
    head, row = cells_of(data)
    assert head[-1] == "错误"
    assert row[-1] == "请填写名称；联系电话：“12”不是电话：请填 11 位手机号或“区号-号码”，现在是 2 位"

    def correct(page: object) -> None:
        page["B2"], page["E2"] = "水务局", "0513-88880011"  # type: ignore[index]

    upload(client, "units", edited(data, correct), mended=run.pk)
    mended = ImportRun.objects.latest("id")
    assert (counts(mended), mended.file_name) == ((2, 1, 0, 0), "表格.xlsx")
    confirm(client, mended)
    assert set(Organization.objects.filter(code__in=["U10", "U11"]).values_list("name", flat=True)) == {
        "水利局",
        "水务局",
    }


def test_somebody_elses_sheet_cannot_be_corrected(cast: Cast, login: Login) -> None:
    run = previewed(login(cast.county_office), "units", cast.county_office, [BROKEN])
    data = sheet_of(resource_of("units", cast.admin), [NEW])
    response = upload(login(cast.admin), "units", data, mended=run.pk)
    assert response.status_code == 422
    assert "原来的文件已过期或已导入" in response.content.decode()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"%PDF-1.7", "这个文件不是 Excel 工作簿"),
        (book_of([["姓名"], ["张三"]]), "表头和模板不一致"),
        (b"PK" + bytes(11 * 1024 * 1024), "文件超过 10 MB"),
    ],
)
def test_a_refused_file_is_explained(cast: Cast, login: Login, data: bytes, sentence: str) -> None:
    response = upload(login(cast.county_office), "units", data)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not ImportRun.objects.exists()


def test_no_file_is_explained(cast: Cast, login: Login) -> None:
    response = login(cast.county_office).post(reverse("accounts:import_create", args=["units"]), {})
    assert "请选择要导入的文件" in response.content.decode()


def test_an_unknown_kind_does_not_exist(cast: Cast, login: Login) -> None:
    assert login(cast.county_office).get(reverse("accounts:import_create", args=["cases"])).status_code == 404


def test_an_unchanged_sheet_needs_no_confirmation(cast: Cast, login: Login) -> None:
    client = login(cast.county_office)
    run = previewed(client, "units", cast.county_office, [SAME])
    page = client.get(run.get_absolute_url()).content.decode()
    assert "完全一样，不用导入" in page
    assert 'method="post" action="' + reverse("accounts:import_apply", args=[run.pk]) not in page


def test_rows_are_paged_refused_first(cast: Cast, login: Login) -> None:
    client = login(cast.county_office)
    rows = [{"代码": f"V{n:03d}", "名称": f"单位{n}", "简称": f"单位{n}"} for n in range(60)]
    run = previewed(client, "units", cast.county_office, [*rows, BROKEN])
    first = client.get(run.get_absolute_url()).context["preview"]
    assert (first.rows[0].label, len(first.rows), first.count_words) == ("不能导入", 50, "共 61 行")
    second = client.get(run.get_absolute_url() + first.next_url).context["preview"]
    assert (len(second.rows), second.next_url) == (11, "")
    only = client.get(f"{run.get_absolute_url()}?outcome=refused&page=x").context["preview"]
    assert len(only.rows) == 50
    assert reasons(client, run)[0] == "请填写名称"


def test_an_export_is_on_record_and_says_what_it_holds(cast: Cast, login: Login) -> None:
    response = login(cast.county_office).get(reverse("accounts:import_export", args=["units"]))
    said = dict(cells_of(response.content, 1))
    assert (said["导出人"], said["范围"]) == ("党联办甲", "海安")
    assert AuditEntry.objects.get(action=AuditAction.EXPORT).subject == "承办单位 3 行"
    assert BytesIO(response.content).read(2) == b"PK"


def test_many_rows_want_a_reason(cast: Cast, login: Login, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accounts.export_reasons.REASON_ABOVE", 2)
    client, address = login(cast.county_office), reverse("accounts:import_export", args=["units"])
    assert client.get(address).status_code == 422
    assert "请填写导出事由" in client.get(f"{address}?reason=").content.decode()
    said = dict(cells_of(client.get(f"{address}?reason=年度核对").content, 1))
    assert said["导出事由"] == "年度核对"
    assert AuditEntry.objects.get(action=AuditAction.EXPORT).detail == "年度核对"
