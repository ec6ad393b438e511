"""Correcting a draft: stale pages keep what was typed, others may not."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from accounts.models import User
from suggestions.enums import State
from suggestions.models import Suggestion
from tests.cast import Cast
from tests.conftest import CaseIn

Login = Callable[[User], Client]


def _typed(client: Client, case: Suggestion, **changes: object) -> dict[str, object]:
    form = client.get(reverse("suggestions:update", args=[case.pk])).context["form"]
    return {name: form[name].value() or "" for name in form.fields} | changes


def test_returned_case_is_corrected_and_submitted_again(cast: Cast, login: Login, case_in: CaseIn) -> None:
    case, client = case_in(State.RETURNED), login(cast.liaison)
    data = _typed(client, case, title="村口道路坑洼（第三组）", decision="submit")
    client.post(reverse("suggestions:update", args=[case.pk]), data)
    case.refresh_from_db()
    assert (case.title, case.state) == ("村口道路坑洼（第三组）", State.SUBMITTED)


def test_stale_edit_is_a_conflict_and_keeps_the_text(cast: Cast, login: Login, case_in: CaseIn) -> None:
    case, client = case_in(State.DRAFT), login(cast.liaison)
    target = reverse("suggestions:update", args=[case.pk])
    stale = _typed(client, case, title="我的标题", decision="draft")
    client.post(target, stale | {"title": "别人的标题"})
    refused = client.post(target, stale)
    case.refresh_from_db()
    assert refused.status_code == 409
    assert "我的标题" in refused.content.decode()
    assert case.title == "别人的标题"
    newest = refused.context["form"]["version"].value()
    assert client.post(target, stale | {"version": newest}).status_code == 302
