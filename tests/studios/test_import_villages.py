"""The real villages and communities of 海安 become 228 town studios by import."""

import csv
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import ImportRun, Organization, User
from demo.county import DIVISIONS, haian
from studios.enums import StudioKind
from studios.models import Studio
from tests.accounts.factories import DelegationFactory
from tests.accounts.sheets import confirm, counts, reasons, resource_of, upload
from tests.cast import Cast
from tests.sheets.books import cells_of, edited, sheet_of

Login = Callable[[User], Client]


@pytest.fixture
def towns(cast: Cast) -> list[Organization]:
    """海安's ten towns as delegations; two of them are in the cast already."""
    names = [name for name in haian().towns if name not in {cast.town.short_name, cast.other_town.short_name}]
    made: list[Organization] = [
        DelegationFactory(county=cast.county, code=f"T{number:02d}", name=f"{name}代表队", short_name=name)
        for number, name in enumerate(names)
    ]
    return made


def _rows() -> list[dict[str, Any]]:
    """The villages that host a studio, spread evenly over all, as the demonstration chooses them."""
    with DIVISIONS.open(encoding="utf8") as file:
        villages = list(csv.DictReader(file))
    wanted = haian().town_studios
    chosen = [villages[int(place * len(villages) / wanted)] for place in range(wanted)]
    return [
        {
            "编号": int(row["village_code"]),  # Excel turns codes into numbers
            "名称": f"{row['town']}{row['village']}党代表工作室",
            "类别": "镇党代表工作室",
            "代表队": row["town"],
            "村（社区）": row["village"],
            "面积（平方米）": 18,
        }
        for row in chosen
    ]


def test_real_villages_become_town_studios(cast: Cast, login: Login, towns: list[Organization]) -> None:
    client, before = login(cast.county_office), Studio.objects.count()
    data = sheet_of(resource_of("studios", cast.county_office), _rows())
    upload(client, "studios", data)
    run = ImportRun.objects.latest("id")
    assert counts(run) == (228, 0, 0, 0)
    confirm(client, run)
    assert Studio.objects.count() == before + 228
    made = Studio.objects.filter(code__startswith="3206")
    assert set(made.values_list("kind", "status", "county")) == {(StudioKind.TOWN, "ACTIVE", cast.county.pk)}
    assert made.values("delegation").distinct().count() == len(haian().towns)
    upload(client, "studios", data)
    assert counts(ImportRun.objects.latest("id")) == (0, 0, 228, 0)


def test_three_broken_rows_are_refused_corrected_and_imported(
    cast: Cast, login: Login, towns: list[Organization]
) -> None:
    client, rows = login(cast.county_office), _rows()
    rows[3]["代表队"], rows[77]["类别"], rows[200]["面积（平方米）"] = "不存在镇", "村工作室", "十八"
    upload(client, "studios", sheet_of(resource_of("studios", cast.county_office), rows))
    run = ImportRun.objects.latest("id")
    assert counts(run) == (225, 0, 0, 3)
    assert [reason.split("，")[0] for reason in reasons(client, run)] == [
        "代表队：本县没有“不存在镇”这个代表队",
        "类别：没有“村工作室”这一项",
        "面积（平方米）：“十八”不对",
    ]
    refused = client.get(reverse("accounts:import_refused", args=[run.pk])).content
    assert [row[0] for row in cells_of(refused)[1:]] == [str(rows[place]["编号"]) for place in (3, 77, 200)]

    def correct(page: Any) -> None:
        page["D2"], page["C3"], page["H4"] = rows[2]["代表队"], "镇党代表工作室", 18

    upload(client, "studios", edited(refused, correct), mended=run.pk)
    mended = ImportRun.objects.latest("id")
    assert counts(mended) == (228, 0, 0, 0)
    confirm(client, mended)
    assert Studio.objects.filter(code__startswith="3206").count() == 228
