"""The same form arrives eight times at once: one visit, one case, nobody sees an error."""

import uuid
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from appointments.models import Visit
from suggestions.models import Suggestion
from tests.cast import Cast, build_cast
from tests.concurrency.race import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

TIMES = 8


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return build_cast()


def _posts(cast: Cast, decision: str) -> list[Callable[[], object]]:
    """The same form by eight clients, each to be sent by a thread of its own."""
    data = {
        "studio": cast.studio.pk,
        "representative": cast.representative.pk,
        "received_on": str(timezone.localdate()),
        "submission_key": str(uuid.uuid4()),
        "people": 1,
        "method": "WALK_IN",
        "matter": "村口路灯不亮",
        "answer": "已报修",
        "via_representative": "on",
        "level": "TOWN",
        "decision": decision,
    }
    clients = [Client() for _ in range(TIMES)]
    for client in clients:
        client.force_login(cast.liaison)
    return [lambda client=client: client.post("/desk/visits/new/", data).headers["Location"] for client in clients]


@pytest.mark.parametrize("decision", ["on_site", "to_suggestion"])
def test_one_visit_one_case_one_answer(cast: Cast, decision: str) -> None:
    answers = at_once(*_posts(cast, decision))
    assert len(set(answers)) == 1, answers
    assert Visit.objects.count() == 1
    assert Suggestion.objects.count() == (decision == "to_suggestion")


def test_without_the_unique_key_all_would_be_written(cast: Cast) -> None:
    """The control: nobody looks before writing, the constraint alone decides."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = 'appointments_visit'::regclass AND contype = 'u'"
        )
        (name,) = (row[0] for row in cursor.fetchall() if "submission_key" in row[0])
        cursor.execute(f'ALTER TABLE appointments_visit DROP CONSTRAINT "{name}"')
    try:
        at_once(*_posts(cast, "on_site"))
        assert Visit.objects.count() == TIMES
    finally:
        Visit.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute(f'ALTER TABLE appointments_visit ADD CONSTRAINT "{name}" UNIQUE (submission_key)')
