"""`manage.py make_demo`: deterministic, of any size, only into an empty database of demonstration mode."""

from datetime import date

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from accounts.enums import Role
from accounts.models import User
from appointments.duties import next_duty_of_representative
from suggestions.integrity import RULES
from suggestions.models import Suggestion
from tests.cast import Cast
from tests.ground import SMALL


def test_a_small_county_keeps_every_rule(small_county: None) -> None:
    """On PostgreSQL also what is written by COPY."""
    assert Suggestion.objects.accepted().filter(county__short_name="海安").count() == 60
    assert [problem for rule in RULES.values() for problem in rule()] == []


def test_accounts_hold_their_roles_and_the_password(small_county: None) -> None:
    users = User.objects.filter(username__in=settings.DEMO_ACCOUNTS)
    assert {user.username for user in users} == set(settings.DEMO_ACCOUNTS)
    assert all(user.check_password(settings.DEMO_PASSWORD) for user in users)
    assert users.get(username="town2").scope.roles == {Role.DELEGATION_OFFICE, Role.LIAISON}
    seat = next_duty_of_representative(users.get(username="rep"), date(2026, 11, 24))
    assert seat is not None
    assert seat.appointment.held_on == date(2026, 11, 28)
    assert seat.appointment.studio in users.get(username="liaison").studios.all()


def test_a_database_with_a_county_is_left_alone(cast: Cast) -> None:
    with pytest.raises(CommandError, match="数据库里已经有县"):
        call_command("make_demo", *SMALL)
    call_command("make_demo", "--if-empty")
    assert not Suggestion.objects.exists()


def test_production_builds_no_demonstration(db: None, settings: object) -> None:
    settings.DEMO_MODE = False  # type: ignore[attr-defined]
    with pytest.raises(CommandError, match="生产环境不能建演示数据"):
        call_command("make_demo", *SMALL)
