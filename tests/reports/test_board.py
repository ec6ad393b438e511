"""Every number of the board leads to exactly its rows."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from reports.headline import KEYS
from tests.cast import Cast
from tests.reports.worlds import random_world

Login = Callable[[User], Client]
SUMS = {"people_received": "人数", "events_with_people": "现场人次"}


def _rows(client: Client, url: str) -> tuple[int, int]:
    """Rows over all pages of a list, and the sum of the last column of numbers."""
    count, total = 0, 0
    path = url.split("?", maxsplit=1)[0]
    while url:
        page = client.get(url).content.decode()
        body = page[page.find("<tbody>") : page.find("</tbody>")]
        count += body.count("<tr>")
        total += sum(int(text) for text in re.findall(r'class="num">(\d+)</td>', body))
        following = re.search(r'rel="next" href="([^"]+)"', page)
        url = path + following[1].replace("&amp;", "&") if following else ""
    return count, total


@pytest.mark.parametrize("period", ["", "?from=2026-02-01&to=2026-06-30"])
@pytest.mark.parametrize("who", ["leader", "town_office"])
def test_numbers_and_lists_agree(cast: Cast, login: Login, who: str, period: str) -> None:
    random_world(cast, seed=7)
    client = login(getattr(cast, who))
    figures = client.get(f"/board/{period}").context["figures"]
    assert [item.key for item in figures] == list(KEYS)
    assert any(item.number for item in figures)
    for item in figures:
        count, total = _rows(client, item.url)
        assert item.number == (total if item.key in SUMS else count), item.measure.label


def test_bad_range_is_explained(cast: Cast, login: Login) -> None:
    page = login(cast.leader).get("/board/?from=2026-07-01&to=2026-01-01").content.decode()
    assert "结束日期不能早于开始日期" in page


def test_rates_show_their_n_and_a_dash_for_nothing(cast: Cast, login: Login) -> None:
    page = login(cast.leader).get("/board/").content.decode()
    assert "办结率 —，n = 0" in page
