"""Real Chromium against a real server: phones, desktops, and without JavaScript."""

import os
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from accounts.models import User

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 375, "height": 667}
DESKTOP = {"width": 1366, "height": 768}
PATIENCE = 10_000
"""Milliseconds, for a machine that is busy; who waits for what comes does not wait longer."""

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, started once."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_as(chromium: Browser, live_server: LiveServer) -> Iterator[Open]:
    """`open_as(cast.liaison, size=PHONE, javascript=False)`: a page of a browser of its own, logged in as that user.

    A JavaScript error or a refusal by the content security policy fails the test.
    """
    contexts, complaints = [], []

    def open_page(user: User, *, size: dict[str, int] = DESKTOP, javascript: bool = True) -> Page:
        context = chromium.new_context(
            base_url=live_server.url, viewport=size, java_script_enabled=javascript, locale="zh-CN"
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        client = Client()
        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console", lambda line: complaints.append(line.text) if "Content Security Policy" in line.text else None
        )
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints
