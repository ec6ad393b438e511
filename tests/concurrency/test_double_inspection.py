"""The same inspection arrives twice at once, or two people inspect one studio at once: one inspection, one 整改."""

import uuid

import pytest
from django.utils import timezone

from studios.models import ChecklistItem, ChecklistTemplate, Inspection, Rectification
from studios.services.checklists import ensure_checklist
from studios.services.inspections import record_inspection
from tests.cast import Cast, build_cast
from tests.concurrency.race import at_once, without_row_locks
from tests.studios.inspecting import results

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    cast = build_cast()
    ensure_checklist(cast.county)
    return cast


def _send(cast: Cast, key: uuid.UUID) -> tuple[Inspection, bool]:
    return record_inspection(
        studio=cast.studio,
        template=ensure_checklist(cast.county),
        results=results(cast.studio, one_phone="FAIL"),
        inspected_on=timezone.localdate(),
        note="",
        actor=cast.liaison,
        submission_key=key,
    )


def test_the_same_form_is_one_inspection(cast: Cast) -> None:
    key = uuid.uuid4()
    sent = at_once(*[lambda: _send(cast, key)] * 4)
    assert sorted(is_new for _inspection, is_new in sent) == [False, False, False, True]  # type: ignore[misc]
    assert (Inspection.objects.count(), Rectification.objects.count()) == (1, 1)


def test_two_people_open_one(cast: Cast) -> None:
    sent = at_once(*[lambda: _send(cast, uuid.uuid4())] * 4)
    assert not [result for result in sent if isinstance(result, Exception)]
    assert (Inspection.objects.count(), Rectification.objects.count()) == (4, 1)


def test_without_the_lock_the_constraint_is_the_last_line(cast: Cast) -> None:
    """The control: both pass the check, and the database refuses the second 整改."""
    with without_row_locks(Rectification, "save", 4):
        sent = at_once(*[lambda: _send(cast, uuid.uuid4())] * 4)
    assert [result for result in sent if isinstance(result, Exception)]
    assert Rectification.objects.count() == 1


def test_a_county_gets_its_first_checklist_once(transactional_db: None) -> None:
    cast = build_cast()
    given = at_once(*[lambda: ensure_checklist(cast.county)] * 4)
    assert len({template.pk for template in given}) == 1  # type: ignore[attr-defined]
    assert (ChecklistTemplate.objects.count(), ChecklistItem.objects.count()) == (1, 9)
