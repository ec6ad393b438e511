"""`manage.py explain_deadline` for operators and auditors: JSON alone, one entry per date."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from studios.services import seed_calendar_years
from suggestions.models import DeadlinePolicy
from tests.cast import Cast


def _explain(*arguments: str) -> list[dict[str, object]]:
    out = StringIO()
    call_command("explain_deadline", *arguments, "--json", stdout=out)
    answers: list[dict[str, object]] = json.loads(out.getvalue())
    return answers


def test_simple_and_complex(db: None) -> None:
    seed_calendar_years(first=2026, last=2026)
    (simple,) = _explain("--assigned", "2026-11-24", "--kind", "simple")
    assert (simple["due_on"], simple["cap_on"], simple["provisional"]) == ("2026-12-04", "2026-12-24", False)
    january, march = _explain("--assigned", "2026-01-31", "--assigned", "2026-03-31", "--kind", "complex")
    assert (january["due_on"], march["due_on"]) == ("2026-02-28", "2026-04-30")


def test_a_countys_own_rules(cast: Cast) -> None:
    DeadlinePolicy.objects.create(county=cast.county, effective_from="2026-01-01", simple_days=7)
    (answer,) = _explain("--assigned", "2026-11-24", "--kind", "simple", "--county", "海安")
    assert answer["due_on"] == "2026-12-01"


def test_unknown_county_is_named(db: None) -> None:
    with pytest.raises(CommandError, match="没有名为“东海”的县"):
        _explain("--assigned", "2026-11-24", "--kind", "simple", "--county", "东海")
