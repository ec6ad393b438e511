"""Rows written in bulk read back as they were made, on PostgreSQL (COPY) as on SQLite."""

import uuid

import pytest
from django.db import IntegrityError, transaction

from appointments.enums import VisitOutcome
from appointments.models import Visit
from demo.writing import first_key, one_behind, write
from suggestions.models import Petitioner
from tests.appointments.factories import VisitFactory
from tests.cast import Cast
from tests.conftest import CaseIn

pytestmark = pytest.mark.postgres
AWKWARD = '逗号,"引号"\n换行\\N'


def _visit(cast: Cast, matter: str) -> Visit:
    return VisitFactory.build(
        county=cast.county,
        delegation=cast.studio.delegation,
        studio=cast.studio,
        representative=cast.representative,
        recorded_by=cast.liaison,
        visitor_name="来访人乙",
        visitor_phone="",
        matter=matter,
        appointment=None,
        outcome=VisitOutcome.TO_SUGGESTION,
        submission_key=uuid.uuid4(),
    )


def test_text_null_and_secrets_survive(cast: Cast) -> None:
    write([_visit(cast, AWKWARD)])
    visit = Visit.objects.get()
    assert (visit.matter, visit.visitor_name, visit.visitor_phone) == (AWKWARD, "来访人乙", "")
    assert visit.appointment is None
    assert visit.visitor_unit == ""


def test_keys_given_here_are_not_given_again(cast: Cast) -> None:
    given = _visit(cast, "先给号")
    given.pk = first_key(Visit)
    write([given])
    later = _visit(cast, "后来的")
    later.save()
    assert later.pk == given.pk + 1


def test_one_behind_writes_every_batch(cast: Cast, case_in: CaseIn) -> None:
    case = case_in("HANDLING")
    before = case.petitioners.count()
    with one_behind() as write_later:
        for name in ("甲", "乙", "丙"):
            write_later([Petitioner(suggestion=case, name=name)])
    assert sorted(row.name for row in case.petitioners.all()[before:]) == sorted("甲乙丙")


def test_one_behind_says_what_went_wrong(cast: Cast) -> None:
    visit = _visit(cast, "两次")
    visit.pk = first_key(Visit)
    with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic(), one_behind() as write_later:
        write_later([visit, visit])
    assert not Visit.objects.exists()
