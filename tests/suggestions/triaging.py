"""Cases to be triaged, and the form that assigns them."""

from typing import Any

from django.test import Client
from django.urls import reverse

from accounts.models import Organization
from suggestions.enums import Level, State
from suggestions.forms.triage import token_of, unit_name
from suggestions.models import Suggestion
from suggestions.services.intake import Matter
from tests.cast import Cast
from tests.suggestions import paths

INBOX = "/desk/suggestions/?view=triage"
GROUP = "g"
THINGS = ("灌溉渠淤塞", "路灯不亮", "公交班次太少", "下水道堵塞", "垃圾清运不及时", "桥头护栏缺损", "学校门口拥堵")


def matter(number: int, category: str = "ROADS") -> Matter:
    """A matter that resembles no other of a number below seven."""
    thing = THINGS[number % len(THINGS)]
    return Matter(title=f"{thing}第{number}处", content=f"{thing}，请派人看看。", category=category, level=Level.COUNTY)


def waiting(cast: Cast, number: int, state: State = State.ESCALATED, category: str = "ROADS") -> list[Suggestion]:
    """`number` cases in `state`, each about something else."""
    return [paths.case_in(state, cast, matter=matter(place, category)) for place in range(number)]


def assigned_before(cast: Cast, unit: Organization, number: int, category: str = "ROADS") -> list[Suggestion]:
    """Cases of the town that the county assigned to `unit`."""
    cases = waiting(cast, number, State.ASSIGNED, category)
    Suggestion.objects.filter(pk__in=[case.pk for case in cases]).update(unit=unit)
    return cases


def bulk_data(cases: list[Suggestion], unit: Organization | None, **more: str) -> dict[str, Any]:
    """What the form posts when all `cases` are ticked."""
    tokens = [token_of(case.pk, case.version, GROUP) for case in cases]
    return {"case": tokens, unit_name(GROUP): str(unit.pk) if unit else "", "complexity": "SIMPLE"} | more


def post(client: Client, cases: list[Suggestion], unit: Organization | None, **more: str) -> Any:
    """Press 交办已选的建议."""
    return client.post(reverse("suggestions:bulk_assign") + "?view=triage", bulk_data(cases, unit, **more))
