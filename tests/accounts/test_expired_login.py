"""A login that expires in the middle of a form costs nobody their words."""

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from accounts.resume import as_initial
from tests.cast import Cast

MATTER = "桥头护栏缺了一段，孩子上学路过很危险"


@pytest.fixture
def typed(client: Client) -> str:
    """An anonymous post of the visit form; returns where to log in."""
    response = client.post(reverse("suggestions:visit_create"), {"matter": MATTER, "answer": ""})
    return str(response.url)


def test_posted_text_fills_the_form_again_after_login(client: Client, cast: Cast, typed: str) -> None:
    assert "登录已过期" in client.get(typed).content.decode()
    client.force_login(cast.liaison)
    assert MATTER in client.get(reverse("suggestions:visit_create")).content.decode()


def test_it_fills_the_form_once(client: Client, cast: Cast, typed: str) -> None:
    client.force_login(cast.liaison)
    client.get(reverse("suggestions:visit_create"))
    assert MATTER not in client.get(reverse("suggestions:visit_create")).content.decode()


def test_it_is_forgotten_after_half_an_hour(client: Client, cast: Cast) -> None:
    with time_machine.travel("2026-11-24 09:00 +0800", tick=False) as clock:
        client.post(reverse("suggestions:visit_create"), {"matter": MATTER})
        clock.shift(31 * 60)
        client.force_login(cast.liaison)
        assert MATTER not in client.get(reverse("suggestions:visit_create")).content.decode()


def test_it_waits_encrypted_and_without_secrets(client: Client, db: None) -> None:
    client.post(reverse("suggestions:visit_create"), {"matter": MATTER, "password": "geheim"})
    stored = str(Session.objects.get(pk=client.cookies[settings.SESSION_COOKIE_NAME].value).get_decoded())
    assert MATTER not in stored
    assert "geheim" not in stored


def test_huge_posts_are_not_kept(client: Client, db: None) -> None:
    client.post(reverse("suggestions:visit_create"), {"matter": "字" * 40_000})
    assert settings.SESSION_COOKIE_NAME not in client.cookies


def test_several_ticks_stay_a_list_and_secrets_stay_away() -> None:
    posted = QueryDict("day=SAT&day=SUN&party=ONE&note=&password=geheim&csrfmiddlewaretoken=zeichen")
    assert as_initial(posted) == {"day": ["SAT", "SUN"], "party": "ONE", "note": ""}
