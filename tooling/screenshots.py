"""Pictures of every desk at phone and desktop width, taken from a running demonstration county.

.venv/bin/python -m tooling.screenshots http://127.0.0.1:8000 docs/screenshots
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

PASSWORD = "demo-studio-2026"  # noqa: S105 - public on purpose
PAGES = {
    "liaison": {
        "desk": "/desk/",
        "visit": "/desk/visits/new/",
        "visits": "/desk/visits/",
        "inspect": "first-studio",
        "bookings": "/desk/bookings/",
        "attendance": "/desk/attendances/",
    },
    "town": {
        "triage": "/desk/suggestions/?view=triage",
        "compliance": "/desk/compliance/",
        "rosters": "/desk/roster/",
        "roster": "first-roster",
        "swaps": "/desk/swaps/",
        "matrix": "/desk/attendances/matrix/",
    },
    "county": {
        "desk": "/desk/",
        "case": "first",
        "replies": "/desk/replies/",
        "list": "/desk/suggestions/?view=overdue",
        "deadlines": "/desk/deadlines/new/",
        "supervision": "/desk/supervision/",
        "returns": "first-asked",
        "redo": "first-unhappy",
        "studios": "/desk/studios/",
        "reps": "/desk/reps/",
        "calendar": "/desk/calendar/",
        "topics": "/desk/topics/",
        "topic": "first-topic",
        "collective": "/reports/collective/",
    },
    "unit": {"desk": "/desk/", "handle": "first-handling"},
    "rep": {"me": "/me/", "duty": "/me/duty/", "feed": "/me/calendar/"},
    "leader": {
        "board": "/board/",
        "town": "first-town",
        "unit": "first-unit",
        "wall": "/board/wall/",
        "reports": "/reports/",
        "report-late": "/reports/late/",
        "bulletin": "/reports/bulletin/",
    },
    "admin": {"users": "/desk/users/", "imports": "/desk/imports/"},
}
FIRST = {
    "first": ("/desk/suggestions/?view=overdue", ""),
    "first-asked": ("/desk/suggestions/?view=asked_extension", ""),
    "first-unhappy": ("/desk/suggestions/?view=unsatisfied", "redo/"),
    "first-handling": ("/desk/suggestions/?view=handling", "handle/"),
    "first-studio": ("/desk/inspections/new/", ""),
    "first-roster": ("/desk/roster/", ""),
    "first-topic": ("/desk/topics/", ""),
}
LINKS = {
    "first-town": ("/board/", "a[href^='/board/town/']"),
    "first-unit": ("/board/", "a[href^='/board/unit/']"),
}
PHONE = 375
WIDTHS = (PHONE, 1366)
WALL = 1920
WALLS = ("wall",)
"""Photographed once more as they hang on a wall."""


def take(browser: Browser, site: str, folder: Path) -> None:
    """Log in as each and photograph the named pages."""
    for username, pages in PAGES.items():
        for width in WIDTHS:
            page = browser.new_page(
                base_url=site, viewport={"width": width, "height": 800 if width > PHONE else 1100}, locale="zh-CN"
            )
            page.goto("/login/")
            page.fill("#id_username", username)
            page.fill("#id_password", PASSWORD)
            page.press("#id_password", "Enter")
            page.wait_for_url("**/desk/")
            for name, target in pages.items():
                _open(page, target)
                page.wait_for_load_state("networkidle")
                page.screenshot(path=str(folder / f"{username}-{name}-{width}.png"))
                if name in WALLS and width > PHONE:
                    page.set_viewport_size({"width": WALL, "height": 1080})
                    page.screenshot(path=str(folder / f"{username}-{name}-{WALL}.png"))
                    page.set_viewport_size({"width": width, "height": 800})
            page.close()


def _open(page: Page, target: str) -> None:
    """An address, or the first row of a list or the first such link that a person would click."""
    if target in LINKS:
        address, link = LINKS[target]
        page.goto(address)
        page.locator(link).first.click()
        return
    if target not in FIRST:
        page.goto(target)
        return
    address, suffix = FIRST[target]
    page.goto(address)
    page.locator("main .row-title, main .list-main a").first.click()
    page.wait_for_load_state()
    if suffix:
        page.goto(page.url + suffix)


def main(site: str, folder: str) -> None:
    """Start Debian's Chromium and take every picture."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-quic"]
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=[*flags, "--lang=zh-CN"])
        take(browser, site, Path(folder))
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:3])
