"""Every staff page at 320, 375 and 1366 px: nothing sticks out, nothing axe would complain about."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from suggestions.enums import State
from tests.browser.conftest import Open
from tests.cast import build_cast
from tests.studios.inspecting import inspect
from tests.suggestions import paths

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AXE = Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (320, 375, 1366)

PAGES = {
    "other_town_office": ["/desk/inspections/", "/desk/inspections/new/", "{inspect}", "{look}", "{looks}"],
    "other_liaison": ["/desk/rectifications/", "/desk/rectifications/?view=closed", "{notice}", "{form}"],
    "stranger": ["/desk/checklist/", "/desk/checklist/new/", "/desk/compliance/"],
    "liaison": ["/desk/", "/desk/visits/new/", "/desk/visits/", "/desk/suggestions/", "/desk/inbox/", "{cards}"],
    "town_office": [
        *("/desk/", "/desk/suggestions/?view=triage", "/desk/replies/", "/reports/"),
        *("/desk/cards/", "/desk/cards/?q=没有这个人", "{dossier}", "{dossier}?year=x"),
    ],
    "county_office": [
        "/desk/",
        "/desk/suggestions/?view=triage",
        "/desk/me/",
        "{assign}",
        "{detail}",
        "/desk/replies/",
    ],
    "unit_handler": ["/desk/", "{handle}", "{reply}"],
    "representative_user": ["/me/", "{mine}", "/me/year/", "{rep}", "{studio}"],
    "leader": [
        "/board/",
        "/reports/",
        "/desk/evaluations/?measure=evaluated",
        "/desk/compliance/",
        "/desk/compliance/studios/",
    ],
    "admin": [
        "/desk/",
        "/desk/users/",
        "/desk/users/new/",
        "/desk/units/",
        "/desk/imports/",
        "/desk/imports/users/new/",
    ],
    "auditor": ["/desk/", "/desk/audit/"],
}


def _violations(page: Page) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf8"))
    found = page.evaluate("tags => axe.run({runOnly: {type: 'tag', values: tags}})", TAGS)
    return [
        f"{item['id']}: {item['help']} → {[node['target'] for node in item['nodes']][:3]}"
        for item in found["violations"]
    ]


@pytest.mark.parametrize("who", PAGES)
def test_pages_fit_and_are_accessible(who: str, open_as: Open, transactional_db: None) -> None:
    cast = build_cast()
    escalated, handling = paths.case_in(State.ESCALATED, cast), paths.case_in(State.HANDLING, cast)
    paths.case_in(State.REPLY_REVIEW, cast)
    closed = paths.case_in(State.CLOSED, cast)
    studio = cast.other_studio
    look = inspect(cast, studio=studio, actor=cast.other_liaison, one_phone="FAIL", one_sign="FAIL")
    addresses = {
        "{inspect}": f"/desk/studios/{studio.pk}/inspect/",
        "{look}": look.get_absolute_url(),
        "{looks}": f"/desk/studios/{studio.pk}/inspections/",
        "{form}": f"/desk/studios/{studio.pk}/form/",
        "{notice}": f"/desk/rectifications/{studio.rectifications.first().pk}/notice/",
        "{assign}": f"{escalated.get_absolute_url()}assign/",
        "{detail}": closed.get_absolute_url(),
        "{handle}": f"{handling.get_absolute_url()}handle/",
        "{reply}": f"{handling.get_absolute_url()}reply/",
        "{cards}": f"/desk/cards/print/?rep={cast.representative.pk}",
        "{dossier}": f"/desk/reps/{cast.representative.pk}/dossier/",
        "{rep}": f"/reps/{cast.representative.pk}/",
        "{studio}": f"/studios/{cast.studio.pk}/",
        "{mine}": f"/me/suggestions/{closed.pk}/",
    }
    page = open_as(getattr(cast, who))
    problems = []
    for address in PAGES[who]:
        name, mark, query = address.partition("?")
        target = f"{addresses.get(name, name)}{mark}{query}"
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 768})
            response = page.goto(target)
            assert response is not None
            assert response.status in {200, 422}, (target, response.status)
            if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                problems.append(f"{target} sticks out at {width} px")
        problems += [f"{target}: {words}" for words in _violations(page)]
    assert not problems, "\n".join(problems)
