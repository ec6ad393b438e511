"""Whether a page fits telephones and desks, and what axe says about it."""

from pathlib import Path

from playwright.sync_api import Page

AXE = (Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js").read_text(encoding="utf8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ASK = "tags => axe.run({runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})"
TELEPHONES, DESK = (320, 375), 1366


def problems_of(page: Page, target: str, answers: tuple[int, ...] = (200,)) -> list[str]:
    """What is wrong with `target`, a sentence each. Opened on a telephone and again at a desk, because scripts ask for
    the width when they start; between two telephones the window only grows, as when one is turned."""
    found = []
    for widths in (TELEPHONES, (DESK,)):
        page.set_viewport_size({"width": widths[0], "height": 768})
        response = page.goto(target)
        assert response is not None
        assert response.status in answers, (target, response.status)
        for width in widths:
            page.set_viewport_size({"width": width, "height": 768})
            if not fits(page):
                found.append(f"{target} sticks out at {width} px")
    return [*found, *(f"{target}: {words}" for words in violations(page))]


def fits(page: Page) -> bool:
    """Whether nothing of the page is wider than its window, once it is there: after a click the old document is gone
    some moments before the new one has an element."""
    page.wait_for_load_state()
    return not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")


def violations(page: Page) -> list[str]:
    """What axe finds on the page as it stands."""
    page.evaluate(AXE)
    return [
        f"{item['id']}: {item['help']} → {[node['target'] for node in item['nodes']][:3]}"
        for item in page.evaluate(ASK, TAGS)["violations"]
    ]
