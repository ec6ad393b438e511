"""The default county reads like the founding document, because its rows are so."""

import json
from collections import Counter
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db.models import Count, Q

from accounts.changes import changes_of
from accounts.models import Organization
from appointments.enums import AttendanceStatus
from appointments.models import Attendance
from notifications.models import Reminder
from representatives.enums import Level, RepresentativeStatus
from representatives.models import Representative
from studios.models import Rectification, Studio
from studios.notifications import RECTIFICATION, subject_of
from suggestions.enums import State
from suggestions.integrity import RULES
from suggestions.models import Suggestion
from suggestions.services.ledger import IMPORTED
from tests.ground import TODAY

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
    assert figures["satisfaction_rate"] == 99.41
    assert figures["regular_attendances"] > 4000
    assert figures["people_met"] > 16_000
    assert figures["onsite_handled"] > 4000


def test_some_of_them_came_from_the_old_ledger(db: None) -> None:
    imported = Suggestion.objects.filter(is_imported=True)
    assert imported.count() == 36
    assert set(imported.values_list("state", "county__short_name")) == {(State.CLOSED, "海安")}
    assert imported.filter(number__startswith="台账〔2024〕").exists()
    assert not imported.filter(closed_on__gte=date(2026, 1, 1)).exists()
    assert set(imported.values_list("transitions__detail", flat=True)) == {IMPORTED}
    assert imported.filter(was_on_time=False).count() == 4
    assert set(imported.values_list("level", flat=True)) == {"COUNTY", "TOWN"}


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


def test_most_studios_were_inspected_and_some_are_mending(db: None) -> None:
    active = Studio.objects.filter(county__short_name="海安").active()
    states = Counter(active.with_compliance().values_list("compliance", flat=True))
    assert states["UNCHECKED"] < len(active) / 10
    assert states["PASSING"] > states["FAILING"] > 0
    waiting = Rectification.objects.open()
    assert 0 < Rectification.objects.overdue(TODAY).count() < waiting.count()
    assert Rectification.objects.closed().exists()
    reminded = set(Reminder.objects.filter(kind=RECTIFICATION).values_list("subject", flat=True))
    assert reminded == {subject_of(row) for row in waiting}


def test_cases_stand_in_every_state(db: None) -> None:
    assert set(Suggestion.objects.order_by().values_list("state", flat=True)) == set(State)


@pytest.mark.parametrize("name", RULES)
def test_every_rule_of_the_data_holds(db: None, name: str) -> None:
    assert list(RULES[name]()) == []


def test_the_neighbour_has_its_own_figures(db: None) -> None:
    assert _headline("--county", "如皋")["suggestions_accepted"] == 30


def test_the_register_tells_terms_owners_and_departures(db: None) -> None:
    people = Representative.objects.filter(county__short_name="海安")
    assert not people.filter(mandates=None).exists()
    assert not people.filter(electing_unit="").exists()
    assert people.annotate(terms=Count("mandates")).filter(terms=2).exists()
    owned = Studio.objects.filter(county__short_name="海安").exclude(owner=None)
    assert (owned.count(), set(owned.values_list("kind", flat=True))) == (21, {"PERSONAL"})
    gone = people.exclude(status=RepresentativeStatus.ACTIVE).order_by("status", "status_on")
    assert [row.status for row in gone] == ["SUSPENDED"] * 2 + ["TERMINATED"] * 3
    for person in gone:
        assert person.status_changes.count() == 1
        said = [{field.label for field in change.fields} for change in changes_of(person)]
        assert said == [{"状态", "状态原因", "状态日期"}, set()]
        later = person.attendances.filter(appointment__held_on__gte=person.status_on)
        assert set(later.values_list("status", flat=True)) <= {AttendanceStatus.VACANT}
    assert Attendance.objects.filter(
        status=AttendanceStatus.VACANT, appointment__delegation__short_name="曲塘镇"
    ).exists()
