"""Who may be reached how: by every party, way, and what the petitioner agreed to."""

import pytest

from suggestions.enums import ContactMethod, ContactParty
from suggestions.models import Suggestion
from suggestions.services.readiness import obstacle_to_contact

DIRECT = ["FACE_TO_FACE", "PHONE", "MESSAGE", "LETTER"]
VIA = "VIA_REPRESENTATIVE"
OPEN = {
    ("REPRESENTATIVE", "anonymous"): DIRECT,
    ("REPRESENTATIVE", "kept"): DIRECT,
    ("REPRESENTATIVE", "released"): DIRECT,
    ("PETITIONER", "anonymous"): [],
    ("PETITIONER", "kept"): [VIA],
    ("PETITIONER", "released"): [*DIRECT, VIA],
}
CASES = {"anonymous": {"is_anonymous": True}, "kept": {}, "released": {"releases_contact": True}}


def test_the_table_is_whole() -> None:
    assert {party for party, _ in OPEN} == set(ContactParty.values)
    assert {*DIRECT, VIA} == set(ContactMethod.values)


@pytest.mark.parametrize("method", ContactMethod)
@pytest.mark.parametrize(("party", "agreed"), OPEN)
def test_every_way_is_open_or_says_why_not(party: str, agreed: str, method: ContactMethod) -> None:
    obstacle = obstacle_to_contact(Suggestion(**CASES[agreed]), ContactParty(party), method)
    assert bool(obstacle) == (method not in OPEN[party, agreed])
    assert not obstacle or obstacle.endswith("。")


def test_consent_of_somebody_unknown_opens_nothing() -> None:
    case = Suggestion(is_anonymous=True, releases_contact=True)
    assert all(obstacle_to_contact(case, ContactParty.PETITIONER, method) for method in ContactMethod)
