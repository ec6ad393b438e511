"""Looking at a sheet leaves the counter of ids alone: others may hold ids that are not stored yet."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import Organization, User
from sheets.bulk import reserve
from tests.accounts.sheets import confirm, previewed
from tests.cast import Cast

NEW = {"代码": "U10", "名称": "水利局", "简称": "水利局"}

pytestmark = pytest.mark.postgres


def test_no_id_is_given_twice(cast: Cast, login: Callable[[User], Client]) -> None:
    client: Client = login(cast.county_office)
    *_earlier, last = reserve(Organization, 5)  # by somebody who has not stored the rows yet
    run = previewed(client, "units", cast.county_office, [NEW])
    assert "已导入" in confirm(client, run)
    assert Organization.objects.get(code="U10").pk > last
    assert reserve(Organization, 1)[0] > last + 1
