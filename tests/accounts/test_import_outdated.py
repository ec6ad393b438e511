"""The template got another column since a sheet was uploaded: its rows are not read under the new heads."""

from collections.abc import Callable

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from accounts.models import ImportRun, Organization, User
from sheets.table import Table
from tests.accounts.sheets import confirm, previewed, resource_of, upload
from tests.cast import Cast
from tests.sheets.books import sheet_of

GOOD = {"代码": "U10", "名称": "水利局", "简称": "水利局"}
BROKEN = {"代码": "U11", "名称": "", "简称": "没有名称"}
SENTENCE = "请重新上传"


@pytest.fixture
def client(cast: Cast, login: Callable[[User], Client]) -> Client:
    return login(cast.county_office)


def _outdated(client: Client, user: User, *rows: dict[str, str]) -> ImportRun:
    run = previewed(client, "units", user, [*rows])
    run.file.save("sheet", ContentFile(Table([["U10"]], [2]).packed(["代码"])))
    return run


def test_it_is_not_confirmed(cast: Cast, client: Client) -> None:
    assert SENTENCE in confirm(client, _outdated(client, cast.county_office, GOOD))
    assert not Organization.objects.filter(code="U10").exists()


def test_its_refused_rows_are_not_handed_out(cast: Cast, client: Client) -> None:
    run = _outdated(client, cast.county_office, BROKEN)
    page = client.get(reverse("accounts:import_refused", args=[run.pk]), follow=True)
    assert page.redirect_chain == [(run.get_absolute_url(), 302)]
    assert SENTENCE in page.content.decode()


def test_it_is_not_corrected(cast: Cast, client: Client) -> None:
    run = _outdated(client, cast.county_office, BROKEN)
    response = upload(client, "units", sheet_of(resource_of("units", cast.county_office), [GOOD]), mended=run.pk)
    assert response.status_code == 422
    assert SENTENCE in response.content.decode()
    assert ImportRun.objects.count() == 1
