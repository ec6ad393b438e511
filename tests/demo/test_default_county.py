"""The default county reads like the founding document, because its rows are so."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db.models import Count, Q

from accounts.models import Organization
from representatives.enums import Level
from representatives.models import Representative
from studios.models import Studio
from suggestions.enums import State
from suggestions.integrity import RULES
from suggestions.models import Suggestion

pytestmark = pytest.mark.usefixtures("default_county")


def _headline(*arguments: str) -> dict[str, float]:
    out = StringIO()
    call_command("headline", "--json", *arguments, stdout=out)
    figures: dict[str, float] = json.loads(out.getvalue())
    return figures


def test_the_results_paragraph(db: None) -> None:
    figures = _headline()
    exact = {"themed_held": 212, "collective_held": 51, "suggestions_accepted": 1391, "suggestions_closed": 1072}
    assert {key: figures[key] for key in exact} == exact
    assert figures["closing_rate"] == 77.07
    assert round(figures["satisfaction_rate"], 1) == 99.4
    assert figures["regular_attendances"] > 4000
    assert figures["people_met"] > 16_000
    assert figures["onsite_handled"] > 4000


def test_studios_and_representatives_by_kind(db: None) -> None:
    county = Organization.objects.get(short_name="海安")
    kinds = Studio.objects.filter(county=county).order_by().values_list("kind").annotate(n=Count("pk"))
    assert dict(kinds) == {"COUNTY": 17, "TOWN": 228, "PERSONAL": 21}
    levels = Representative.objects.filter(county=county).order_by().values_list("level").annotate(n=Count("pk"))
    assert dict(levels) == {Level.COUNTY: 319, Level.TOWN: 1320}
    assert Organization.objects.filter(county=county).units().filter(delegation=None).count() >= 21


def test_studios_are_furnished_and_a_few_stay_below_their_rule(db: None) -> None:
    studios = Studio.objects.filter(county__short_name="海安").with_shortfalls(date(2026, 11, 24))
    assert not studios.filter(Q(address="") | Q(plaque_on=None) | Q(liaisons=None) | Q(equipment=None)).exists()
    for reason in ("lacks_area", "is_too_small", "is_not_alone", "lacks_promise"):
        assert 1 <= studios.filter(**{reason: True}).count() <= 15
    named = studios.filter(kind="PERSONAL", search_key__contains="yanshi")
    assert named.count() == 21


def test_cases_stand_in_every_state(db: None) -> None:
    assert set(Suggestion.objects.order_by().values_list("state", flat=True)) == set(State)


@pytest.mark.parametrize("name", RULES)
def test_every_rule_of_the_data_holds(db: None, name: str) -> None:
    assert list(RULES[name]()) == []


def test_the_neighbour_has_its_own_figures(db: None) -> None:
    assert _headline("--county", "如皋")["suggestions_accepted"] == 30
