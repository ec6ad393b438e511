"""System administrators open accounts, grant and revoke roles; nobody their own."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.enums import AuditAction, Role
from accounts.models import AuditEntry, User
from tests.cast import Cast

Login = Callable[[User], Client]
NEW = {"username": "zhang.san", "name": "张演示", "phone": "", "password": "a-long-enough-one", "role": Role.LIAISON}


def test_new_account_begins_with_a_role_and_can_log_in(cast: Cast, login: Login) -> None:
    response = login(cast.admin).post(reverse("accounts:user_create"), NEW | {"organization": cast.town.pk})
    user = User.objects.get(username="zhang.san")
    assert response.url == reverse("accounts:user_detail", args=[user.pk])
    assert user.check_password("a-long-enough-one")
    assert user.scope.where(Role.LIAISON) == {cast.town.pk}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"username": ""}, "请填写用户名"),
        ({"username": "张三"}, "用户名要用 3–30 位小写字母或数字"),
        ({"username": "liaison"}, "这个用户名已有人使用，请换一个"),
        ({"name": ""}, "请填写姓名"),
        ({"password": "short"}, "密码至少要 10 位，请加长"),
        ({"role": ""}, "请选择角色"),
        ({"role": Role.COUNTY_OFFICE}, "“党联办”只能在县（党联办）担任"),
    ],
)
def test_incomplete_account_is_explained_and_kept(
    cast: Cast, login: Login, changes: dict[str, str], sentence: str
) -> None:
    before = User.objects.count()
    data = NEW | {"organization": cast.town.pk} | changes
    response = login(cast.admin).post(reverse("accounts:user_create"), data)
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert data["name"] in page
    assert User.objects.count() == before


def test_granting_and_revoking_work_at_the_next_click(cast: Cast, login: Login) -> None:
    admin = login(cast.admin)
    target = reverse("accounts:user_detail", args=[cast.liaison.pk])
    admin.post(target, {"role": Role.UNIT_HANDLER, "organization": cast.county_unit.pk})
    membership = cast.liaison.memberships.get(role=Role.UNIT_HANDLER)
    assert User.objects.get(pk=cast.liaison.pk).scope.has(Role.UNIT_HANDLER)
    admin.post(reverse("accounts:role_revoke", args=[membership.pk]))
    assert not User.objects.get(pk=cast.liaison.pk).scope.has(Role.UNIT_HANDLER)
    actions = list(AuditEntry.objects.order_by("id").values_list("action", flat=True))
    assert actions == [AuditAction.GRANT_ROLE, AuditAction.REVOKE_ROLE]


def test_nobody_changes_their_own_roles(cast: Cast, login: Login) -> None:
    admin = login(cast.admin)
    page = admin.post(
        reverse("accounts:user_detail", args=[cast.admin.pk]),
        {"role": Role.COUNTY_OFFICE, "organization": cast.county.pk},
    )
    assert page.status_code == 422
    admin.post(reverse("accounts:role_revoke", args=[cast.admin.memberships.get().pk]))
    admin.post(reverse("accounts:user_toggle", args=[cast.admin.pk]))
    cast.admin.refresh_from_db()
    assert cast.admin.is_active
    assert [row.role for row in cast.admin.memberships.all()] == [Role.SYSTEM_ADMIN]


def test_toggle_disables_and_enables(cast: Cast, login: Login) -> None:
    admin = login(cast.admin)
    for is_active in (False, True):
        admin.post(reverse("accounts:user_toggle", args=[cast.liaison.pk]))
        assert User.objects.get(pk=cast.liaison.pk).is_active is is_active


def test_accounts_of_another_county_do_not_exist(cast: Cast, login: Login) -> None:
    admin = login(cast.admin)
    assert admin.get(reverse("accounts:user_detail", args=[cast.stranger.pk])).status_code == 404
    assert cast.stranger.username not in admin.get(reverse("accounts:users")).content.decode()


def test_list_searches_and_filters(cast: Cast, login: Login) -> None:
    page = login(cast.admin).get(reverse("accounts:users"), {"q": "联络员", "role": Role.LIAISON}).content.decode()
    assert "联络员甲" in page
    assert "镇办甲" not in page
