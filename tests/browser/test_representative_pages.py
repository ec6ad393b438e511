"""The register of representatives at every width: nothing sticks out, nothing axe would complain about."""

from datetime import date

import pytest

from representatives.services import change_status
from tests.appointments.factories import AttendanceFactory
from tests.browser.conftest import Open
from tests.browser.looks import problems_of
from tests.cast import Cast, build_cast
from tests.representatives.factories import RepresentativeFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _addresses(cast: Cast) -> list[str]:
    """Every page of the register, and the lists that show a gap; one person has left for a long reason."""
    own, twin = cast.representative.get_absolute_url(), RepresentativeFactory(delegation=cast.town, name="代表甲")
    gone = RepresentativeFactory(delegation=cast.town, name="长" * 30, position="职" * 60)
    AttendanceFactory(representative=gone, appointment__studio=cast.studio, appointment__held_on=date(2099, 1, 3))
    change_status(
        representative=gone, to_status="SUSPENDED", on=date(2020, 1, 1), reason="因" * 200, actor=cast.county_office
    )
    return [
        "/desk/reps/",
        "/desk/reps/?q=查无此人",
        "/desk/reps/new/",
        own,
        f"{own}edit/",
        f"{own}status/",
        f"{own}merge/",
        f"{own}merge/?other={twin.pk}",
        gone.get_absolute_url(),
        "/desk/appointments/",
        "/desk/attendances/",
        f"/?town={cast.town.pk}",
    ]


def test_pages_fit_and_are_accessible(open_as: Open, transactional_db: None) -> None:
    cast = build_cast()
    addresses, page = _addresses(cast), open_as(cast.county_office)
    problems = [words for target in addresses for words in problems_of(page, target)]
    assert not problems, "\n".join(problems)
