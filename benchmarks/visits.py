"""Recording visits, 8 clients at once, beside the same inserts in plain psycopg.

Three rates: psycopg with one connection a client (look for the key, insert, commit); the service that the page calls
(`record_visit`); and the whole request through middleware, session, form and redirect. All run as threads of one
process, so that Python's lock weighs on each of them alike: a server with several workers answers more requests.
"""

import threading
import time
import uuid
from collections.abc import Callable
from typing import Any

import psycopg
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import User
from appointments.enums import VisitOutcome
from appointments.models import Visit
from appointments.permissions import studios_recorded_by
from appointments.services import VisitEntry, record_visit

CLIENTS, EACH = 8, 100
WANTED = 0.3
MATTER, ANSWER = "村口路灯不亮，晚上出行不便", "已联系电工，今晚修好"


def measure_visits() -> None:
    """Needs the demonstration county; prints rates and ratios, asserts nothing but that nothing failed."""
    user = User.objects.get(username="liaison")
    studio = studios_recorded_by(user).filter(representatives__isnull=False).first()
    assert studio is not None
    person = studio.representatives.active().first()
    assert person is not None
    entry = VisitEntry(timezone.localdate(), "WALK_IN", MATTER, "ROADS", ANSWER)
    given: dict[str, Any] = {"studio": studio, "representative": person, "actor": user}

    def by_service() -> Callable[[], None]:
        outcome = VisitOutcome.ANSWERED_ON_SITE
        return lambda: void(record_visit(entry=entry, outcome=outcome, submission_key=uuid.uuid4(), **given))

    def by_page() -> Callable[[], None]:
        client = Client(HTTP_HOST="localhost")
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        typed = {"studio": studio.pk, "representative": person.pk, "received_on": str(entry.received_on)}
        typed |= {"people": 1, "method": "WALK_IN", "matter": MATTER, "answer": ANSWER, "decision": "on_site"}
        return lambda: _post(client, typed)

    rates = {"psycopg": _rate(_psycopg), "the service": _rate(by_service), "whole requests": _rate(by_page)}
    print(f"\nvisit entry, {CLIENTS} clients at once     visits/s   (budget ≥ {WANTED} ×, 0 errors)")
    for name, rate in rates.items():
        print(f"{name:<36}{rate:>10,.0f}   {rate / rates['psycopg']:.2f} × psycopg")


def void(_result: object) -> None:
    """Nobody looks at it."""


def _post(client: Client, typed: dict[str, object]) -> None:
    response = client.post("/desk/visits/new/", typed | {"submission_key": str(uuid.uuid4())})
    assert response.status_code == 302, response.content


def _psycopg() -> Callable[[], None]:
    """The row of the newest visit again and again, under new keys."""
    fields = [field for field in Visit._meta.concrete_fields if field.column != "id"]
    row = list(Visit.objects.order_by("-id").values_list(*[field.attname for field in fields])[0])
    place = [field.column for field in fields].index("submission_key")
    columns = ", ".join(f'"{field.column}"' for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    insert = f"INSERT INTO {Visit._meta.db_table} ({columns}) VALUES ({marks}) RETURNING id"  # noqa: S608 - our own names
    look = f"SELECT id FROM {Visit._meta.db_table} WHERE submission_key = %s"  # noqa: S608
    given = connection.get_connection_params()
    link = psycopg.connect(**{name: given[name] for name in ("dbname", "user", "host", "port") if name in given})

    def write() -> None:
        row[place] = uuid.uuid4()
        link.execute(look, [row[place]]).fetchone()
        link.execute(insert, row).fetchone()
        link.commit()

    return write


def _rate(make: Callable[[], Callable[[], None]]) -> float:
    """Writes a second of all clients together. Raises what any of them met."""
    actions, start, errors = [make() for _ in range(CLIENTS)], threading.Barrier(CLIENTS + 1), []

    def work(action: Callable[[], None]) -> None:
        try:
            action()  # a warm connection
            start.wait()
            for _ in range(EACH):
                action()
        except Exception as error:  # noqa: BLE001 - told below
            errors.append(error)
            start.abort()
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(action,)) for action in actions]
    for thread in threads:
        thread.start()
    start.wait()
    started = time.perf_counter()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - started
    assert not errors, errors
    return CLIENTS * EACH / seconds
