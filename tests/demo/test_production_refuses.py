"""Production does not start while a demonstration account exists."""

import pytest

from accounts.models import User
from demo.checks import no_demo_accounts
from tests.accounts.factories import UserFactory


@pytest.mark.parametrize(
    ("username", "name", "is_production", "errors"),
    [("county", "演示·党联办", True, 1), ("county", "演示·党联办", False, 0), ("admin", "张管理", True, 0)],
)
def test_refuses_demonstration_accounts_only(
    db: None, settings: object, username: str, name: str, *, is_production: bool, errors: int
) -> None:
    UserFactory(username=username, name=name)
    settings.IS_PRODUCTION = is_production  # type: ignore[attr-defined]
    assert len(no_demo_accounts()) == errors
    assert User.objects.count() == 1
