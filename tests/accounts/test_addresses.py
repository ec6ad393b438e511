"""What is printed in codes: the address of PUBLIC_URL, or of the request; nothing that is no web address."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from accounts.addresses import public_address
from config.settings.environment import web_address


def test_the_setting_wins(settings: Settings, rf: RequestFactory) -> None:
    settings.PUBLIC_URL = "https://county.example"
    assert public_address(rf.get("/desk/"), "/reps/7/") == "https://county.example/reps/7/"


def test_without_it_the_request_says_where_we_are(settings: Settings, rf: RequestFactory) -> None:
    settings.PUBLIC_URL = ""
    assert public_address(rf.get("/desk/"), "/reps/7/") == "http://testserver/reps/7/"


@pytest.mark.parametrize(
    ("text", "kept"),
    [("", ""), ("https://county.example/", "https://county.example"), ("http://c.example", "http://c.example")],
)
def test_a_last_slash_is_dropped(text: str, kept: str) -> None:
    assert web_address(text) == kept


@pytest.mark.parametrize("text", ["county.example", "ftp://county.example", "javascript:alert(1)"])
def test_anything_else_is_refused_at_the_start(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="PUBLIC_URL 要以 https:// 或 http:// 开头"):
        web_address(text)
