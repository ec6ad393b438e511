"""Pictures of every desk at phone and desktop width, taken from a running demonstration county.

.venv/bin/python -m tooling.screenshots http://127.0.0.1:8000 docs/screenshots
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

PASSWORD = "demo-studio-2026"  # noqa: S105 - public on purpose
PAGES = {
    "liaison": {"desk": "/desk/", "visit": "/desk/visits/new/", "visits": "/desk/visits/"},
    "town": {"triage": "/desk/suggestions/?view=triage"},
    "county": {
        "desk": "/desk/",
        "case": "first",
        "replies": "/desk/replies/",
        "list": "/desk/suggestions/?view=overdue",
    },
    "unit": {"desk": "/desk/", "handle": "first-handling"},
    "rep": {"me": "/me/"},
    "leader": {"board": "/board/", "reports": "/reports/"},
    "admin": {"users": "/desk/users/"},
}
PHONE = 375
WIDTHS = (PHONE, 1366)


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
                if target.startswith("first"):
                    page.goto("/desk/suggestions/?view=" + ("handling" if "handling" in target else "overdue"))
                    page.locator(".row-title").first.click()
                    page.wait_for_load_state()
                    if "handling" in target:
                        page.goto(page.url + "handle/")
                else:
                    page.goto(target)
                page.wait_for_load_state("networkidle")
                page.screenshot(path=str(folder / f"{username}-{name}-{width}.png"))
            page.close()


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
