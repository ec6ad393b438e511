"""In and out: the same words for every wrong login, a lock after many, a trace of each."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.enums import AuditAction
from accounts.models import AuditEntry, User
from tests.cast import Cast

PASSWORD = "correct-horse-2026"
SENTENCE = "用户名或密码不对，请核对后再输。"


@pytest.fixture
def clerk(cast: Cast) -> User:
    cast.liaison.set_password(PASSWORD)
    cast.liaison.save()
    return cast.liaison


def _login(client: Client, username: str, password: str, **more: str) -> "object":
    return client.post(reverse("accounts:login"), {"username": username, "password": password} | more)


def test_right_password_leads_to_the_desk_and_leaves_a_trace(client: Client, clerk: User) -> None:
    response = _login(client, clerk.username, PASSWORD)
    assert (response.status_code, response.url) == (302, reverse("reports:desk"))
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor, str(entry.county)) == (AuditAction.LOGIN, clerk, "海安县")


def test_login_returns_to_the_page_that_asked(client: Client, clerk: User) -> None:
    target = reverse("suggestions:list")
    asked = client.get(target)
    assert asked.url == f"{reverse('accounts:login')}?next={target}"
    assert _login(client, clerk.username, PASSWORD, next=target).url == target


def test_login_never_leads_to_another_site(client: Client, clerk: User) -> None:
    assert _login(client, clerk.username, PASSWORD, next="https://evil.example/").url == reverse("reports:desk")


@pytest.mark.parametrize(("username", "password"), [("liaison", "wrong"), ("nobody-knows", PASSWORD)])
def test_wrong_name_and_wrong_password_sound_the_same(
    client: Client, clerk: User, username: str, password: str
) -> None:
    response = _login(client, username, password)
    assert SENTENCE in response.content.decode()
    assert AuditEntry.objects.filter(action=AuditAction.LOGIN_FAILED).count() == (username == clerk.username)


def test_disabled_account_is_refused_with_the_same_words(client: Client, clerk: User) -> None:
    User.objects.filter(pk=clerk.pk).update(is_active=False)
    assert SENTENCE in _login(client, clerk.username, PASSWORD).content.decode()


def test_empty_fields_are_asked_for(client: Client, db: None) -> None:
    page = _login(client, "", "").content.decode()
    assert "请填写用户名" in page
    assert "请填写密码" in page


def test_many_wrong_passwords_lock_the_account_even_for_the_right_one(client: Client, clerk: User) -> None:
    for _ in range(settings.AXES_FAILURE_LIMIT):
        response = _login(client, clerk.username, "wrong")
    assert response.status_code == 429
    assert "账号暂时锁定" in response.content.decode()
    assert _login(client, clerk.username, PASSWORD).status_code == 429


def test_logout_takes_a_post(client: Client, clerk: User) -> None:
    client.force_login(clerk)
    assert client.get(reverse("accounts:logout")).status_code == 405
    assert client.post(reverse("accounts:logout")).url == reverse("accounts:login")
    assert AuditEntry.objects.get().action == AuditAction.LOGOUT


def test_disabling_a_user_ends_the_session_at_the_next_click(client: Client, clerk: User) -> None:
    client.force_login(clerk)
    User.objects.filter(pk=clerk.pk).update(is_active=False)
    assert client.get(reverse("notifications:inbox")).status_code == 302


@pytest.mark.parametrize("demo_mode", [True, False])
def test_demonstration_accounts_are_shown_in_demonstration_mode_only(
    client: Client, db: None, settings: "object", *, demo_mode: bool
) -> None:
    settings.DEMO_MODE = demo_mode
    page = client.get(reverse("accounts:login")).content.decode()
    assert (settings.DEMO_PASSWORD in page) is demo_mode
