"""Whatever stands in the registers: an export that is imported again changes nothing."""

from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.imports import export_rows, kind_named
from accounts.models import Organization, User
from representatives.models import Representative
from sheets.reader import read_table
from sheets.resource import Outcome
from studios.models import Studio
from tests.accounts.sheets import place_of, resource_of
from tests.cast import Cast, build_cast

CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")


def _text(longest: int, least: int = 0) -> st.SearchStrategy[str]:
    odd = st.sampled_from(
        ["=1+1", "'=1+1", "00012", "+86 199", "-", "１９９", "a\r\nb", " x ", "_x000D_", "是", "1e5", "、"]
    )
    return (odd | st.text(CHARACTERS, min_size=least, max_size=min(longest, 40))).filter(
        lambda text: len(text) >= least
    )


REPRESENTATIVE = st.fixed_dictionaries(
    {
        "certificate_no": _text(24, 1).filter(str.strip),
        "name": _text(30, 1),
        "electing_unit": _text(60),
        "position": _text(60),
        "phone": _text(20),
        "ethnic_group": _text(20),
        "bio": _text(2000) | st.just("简历" * 1000),
        "public_bio": _text(300),
        "birth_date": st.none() | st.dates(),
        "term": st.integers(1, 99),
        "gender": st.sampled_from(["MALE", "FEMALE"]),
        "level": st.sampled_from(["TOWN", "COUNTY", "BOTH"]),
    }
)
STUDIO = st.fixed_dictionaries(
    {
        "code": _text(20, 1).filter(str.strip),
        "name": _text(60, 1),
        "village": _text(40),
        "address": _text(120),
        "area": st.none() | st.decimals(0, 99999, places=1),
        "shared_with": _text(40),
        "phone": _text(20),
        "plaque_on": st.none() | st.dates(),
        "personal_statement": _text(300),
        "kind": st.sampled_from(["COUNTY", "TOWN", "PERSONAL"]),
        "status": st.sampled_from(["PREPARING", "ACTIVE", "CLOSED"]),
    }
)
UNIT = st.fixed_dictionaries(
    {
        "code": _text(24, 1).filter(str.strip),
        "name": _text(60, 1),
        "short_name": _text(20),
        "phone": _text(20),
        "is_active": st.booleans(),
    }
)


def _comes_back_unchanged(slug: str, user: User) -> None:
    place = place_of(slug, user)
    data = export_rows(kind_named(slug), place, resource_of(slug, user).exported(), [("范围", place.words)])
    resource = resource_of(slug, user)
    findings = resource.examine(read_table(data, resource.heads))
    assert len(findings) == resource_of(slug, user).exported().count()
    assert not [found for found in findings if found.outcome != Outcome.SAME]


def _unique(rows: list[dict[str, Any]], key: str) -> list[dict[str, Any]]:
    return list({row[key].replace("\r\n", "\n").replace("\r", "\n"): row for row in rows}.values())


ONCE = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


class ExportThenImport(TestCase):
    """Each example in a transaction of its own, over the whole cast."""

    cast: Cast

    @classmethod
    def setUpTestData(cls) -> None:
        cls.cast = build_cast()

    @ONCE
    @given(st.lists(REPRESENTATIVE, min_size=1, max_size=4))
    def test_representatives(self, rows: list[dict[str, Any]]) -> None:
        people = Representative.objects.bulk_create(
            Representative(county=self.cast.county, delegation=self.cast.town, **row)
            for row in _unique(rows, "certificate_no")
        )
        people[0].studios.set([self.cast.studio, self.cast.other_studio])
        _comes_back_unchanged("representatives", self.cast.county_office)

    @ONCE
    @given(st.lists(STUDIO, min_size=1, max_size=4))
    @example([{"code": "001", "name": "甲"}, {"code": "1", "name": "甲"}, {"code": "１", "name": "乙、丙"}])
    def test_studios(self, rows: list[dict[str, Any]]) -> None:
        studios = Studio.objects.bulk_create(
            Studio(county=self.cast.county, delegation=self.cast.other_town, **row) for row in _unique(rows, "code")
        )
        studios[0].liaisons.set([self.cast.liaison, self.cast.nobody])
        self.cast.representative.studios.set(studios[:2])
        _comes_back_unchanged("studios", self.cast.county_office)
        _comes_back_unchanged("representatives", self.cast.county_office)

    @ONCE
    @given(st.lists(UNIT, min_size=1, max_size=4))
    def test_units(self, rows: list[dict[str, Any]]) -> None:
        Organization.objects.bulk_create(
            Organization(county=self.cast.county, parent=self.cast.county, kind="UNIT", **row)
            for row in _unique(rows, "code")
            if row["code"] not in {"U01", "U02", "U03", "D01", "D02", "320621"}
        )
        _comes_back_unchanged("units", self.cast.admin)


@pytest.mark.parametrize("slug", ["users", "units"])
def test_the_cast_comes_back_unchanged(cast: Cast, slug: str) -> None:
    _comes_back_unchanged(slug, cast.admin)


@pytest.mark.parametrize("slug", ["studios", "representatives"])
def test_a_delegations_export_comes_back_unchanged(cast: Cast, slug: str) -> None:
    _comes_back_unchanged(slug, cast.town_office)
