"""Units and accounts come in by sheet: found by code and username, roles as they would be granted by hand."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.enums import AuditAction, Role
from accounts.models import AuditEntry, Membership, Organization, User
from tests.accounts.sheets import confirm, counts, previewed, reasons
from tests.cast import Cast

Login = Callable[[User], Client]
NEW = {"用户名": "zhang.san", "姓名": "张演示", "手机": 19900000001, "角色": "工作室联络员", "组织": "曲塘镇"}


def test_a_new_account_has_its_role_and_no_password(cast: Cast, login: Login) -> None:
    client = login(cast.admin)
    run = previewed(client, "users", cast.admin, [NEW])
    assert "新账号导入后还不能登录" in confirm(client, run)
    user = User.objects.get(username="zhang.san")
    assert (user.name, user.phone, user.has_usable_password()) == ("张演示", "19900000001", False)
    assert user.scope.where(Role.LIAISON) == {cast.town.pk}
    entry = AuditEntry.objects.get(action=AuditAction.GRANT_ROLE)
    assert (entry.subject, entry.detail) == ("zhang.san", "工作室联络员 @ 曲塘镇代表队")


def test_roles_become_what_the_sheet_says(cast: Cast, login: Login) -> None:
    client = login(cast.admin)
    row = {"用户名": "liaison", "姓名": "联络员甲", "角色": "工作室联络员；承办单位", "组织": "李堡镇；U01"}
    run = previewed(client, "users", cast.admin, [row])
    assert "组织：<del>曲塘镇</del> → <ins>李堡镇；交通局</ins>" in client.get(run.get_absolute_url()).content.decode()
    confirm(client, run)
    held = set(cast.liaison.memberships.values_list("role", "organization"))
    assert held == {(Role.LIAISON, cast.other_town.pk), (Role.UNIT_HANDLER, cast.county_unit.pk)}
    assert Membership.objects.get(user=cast.liaison, role=Role.UNIT_HANDLER).granted_by == cast.admin
    actions = sorted(AuditEntry.objects.exclude(action=AuditAction.IMPORT).values_list("action", flat=True))
    assert actions == [AuditAction.GRANT_ROLE, AuditAction.GRANT_ROLE, AuditAction.REVOKE_ROLE]


def test_the_audit_chain_holds_over_many_grants(cast: Cast, login: Login) -> None:
    client = login(cast.admin)
    rows = [NEW | {"用户名": f"user.{number}"} for number in range(5)]
    confirm(client, previewed(client, "users", cast.admin, rows))
    entries = list(AuditEntry.objects.order_by("id"))
    assert len(entries) == 6
    assert all(after.previous_hash == before.hash for before, after in zip(entries, entries[1:], strict=False))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"用户名": "张三"}, "用户名：“张三”不符合要求：3–30 位小写字母、数字"),
        ({"用户名": "rugao"}, "用户名“rugao”已有人使用，请换一个"),
        ({"用户名": "nobody"}, "用户名“nobody”已有人使用，请换一个"),
        ({"姓名": ""}, "请填写姓名"),
        ({"角色": ""}, "请填写角色"),
        ({"角色": "皇帝"}, "角色：没有“皇帝”这一项"),
        ({"组织": "如皋"}, "组织：本县没有“如皋”这个组织，请核对名称"),
        ({"角色": "党联办"}, "“党联办”只能在县（党联办）担任，请重新填写组织"),
        ({"组织": "曲塘镇；李堡镇"}, "角色和组织的个数不一样"),
        ({"角色": "工作室联络员；工作室联络员", "组织": "曲塘镇；D01"}, "同一个角色和组织写了两遍"),
    ],
)
def test_what_cannot_be_is_refused(cast: Cast, login: Login, changes: dict[str, str], sentence: str) -> None:
    client = login(cast.admin)
    run = previewed(client, "users", cast.admin, [NEW | changes])
    assert counts(run) == (0, 0, 0, 1)
    assert sentence in "；".join(reasons(client, run))


def test_nobody_changes_their_own_roles_by_sheet(cast: Cast, login: Login) -> None:
    client = login(cast.admin)
    own = {"用户名": "admin", "姓名": "管理员甲", "角色": "系统管理员；党联办", "组织": "海安；海安"}
    run = previewed(client, "users", cast.admin, [own])
    assert reasons(client, run) == ["不能修改自己的角色，请由另一位系统管理员办理"]
    renamed = previewed(client, "users", cast.admin, [own | {"角色": "系统管理员", "组织": "海安", "姓名": "新名"}])
    assert counts(renamed) == (0, 1, 0, 0)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"代码": "D01", "名称": "x", "简称": "x"}, "代码“D01”已是代表队或县的代码，请换一个"),
        ({"代码": "U 9", "名称": "x", "简称": "x"}, "代码：“U 9”不符合要求"),
        ({"代码": "", "名称": "x", "简称": "x"}, "请填写代码"),
        ({"代码": "U9", "名称": "名" * 61, "简称": "x"}, "名称：不能超过 60 个字，现在是 61 个字"),
        ({"代码": "U9", "名称": "x", "简称": "x", "代表队": "如皋"}, "代表队：本县没有“如皋”这个代表队"),
        ({"代码": "U9", "名称": "x", "简称": "x", "在用": "也许"}, "在用：请填“是”或“否”"),
        ({"代码": 320685100001123456, "名称": "x", "简称": "x"}, "是数字格式，末尾几位已经不对"),
    ],
)
def test_units_that_cannot_be_are_refused(cast: Cast, login: Login, row: dict[str, object], sentence: str) -> None:
    client = login(cast.county_office)
    run = previewed(client, "units", cast.county_office, [row])
    assert sentence in "；".join(reasons(client, run))


def test_a_code_that_lost_its_zeros_is_noticed(cast: Cast, login: Login) -> None:
    Organization.objects.filter(pk=cast.county_unit.pk).update(code="00012")
    client = login(cast.county_office)
    run = previewed(client, "units", cast.county_office, [{"代码": 12, "名称": "交通运输局", "简称": "交通局"}])
    assert reasons(client, run) == ["代码“12”是数字格式，开头的 0 丢了。请把这一列设为“文本”，重新填写"]


def test_two_rows_about_one_unit_are_refused(cast: Cast, login: Login) -> None:
    client = login(cast.county_office)
    row = {"代码": "U20", "名称": "x", "简称": "x"}
    run = previewed(client, "units", cast.county_office, [row, row | {"代码": "Ｕ20"}])
    assert (counts(run), reasons(client, run)) == ((1, 0, 0, 1), ["代码与第 2 行重复，请只留一行"])


def test_a_unit_moves_to_a_town_with_its_parent(cast: Cast, login: Login) -> None:
    client = login(cast.county_office)
    row = {"代码": "U01", "名称": "交通运输局", "简称": "交通局", "代表队": "曲塘镇", "在用": "否"}
    confirm(client, previewed(client, "units", cast.county_office, [row]))
    cast.county_unit.refresh_from_db()
    assert (cast.county_unit.delegation, cast.county_unit.parent) == (cast.town, cast.town)
    assert not cast.county_unit.is_active
