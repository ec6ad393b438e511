"""Whatever was written, and whether it was folded or not, tallies give what counting every row gives."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from io import StringIO
from random import Random

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from appointments.enums import AppointmentKind, AttendanceStatus
from appointments.models import Appointment, Attendance, Visit
from reports import tallies
from reports.folding import looks
from reports.models import Bucket, Tally, Touched
from reports.rows import Rows
from reports.stats import PLACE_OF, count, total
from studios.enums import StudioKind
from studios.measures import Span
from studios.models import Studio
from suggestions.enums import ContactMethod, ContactParty, State
from suggestions.models import Contact, Evaluation, Suggestion
from tests.cast import Cast
from tests.reports.tallying import GROUPS, SPANS, TODAY, differences, fold_all
from tests.reports.worlds import World, random_world, some_day

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
YEAR = Span(date(2026, 1, 1), date(2026, 10, 31), TODAY)


@pytest.fixture(autouse=True)
def today(time_machine: object, db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL jit = off")  # small tables of a test are not worth compiling for
    time_machine.move_to("2026-10-20T02:00:00Z", tick=False)  # type: ignore[attr-defined]


def _next_month(cast: Cast, world: World, random: Random) -> None:
    case = random.choice([case for case in world.cases if case.accepted_on])
    Suggestion.objects.filter(pk=case.pk).update(accepted_on=some_day(random))


def _another_unit(cast: Cast, world: World, random: Random) -> None:
    Suggestion.objects.filter(pk__in=[case.pk for case in random.sample(world.cases, 5)]).update(unit=cast.other_unit)


def _another_town(cast: Cast, world: World, random: Random) -> None:
    cases = [case for case in world.cases if case.county_id == cast.county.pk]
    Suggestion.objects.filter(pk=random.choice(cases).pk).update(delegation=cast.other_town)


def _answered(cast: Cast, world: World, random: Random) -> None:
    """Replied, promised and closed on days around today, so that some are yet to come."""
    case = random.choice([case for case in world.cases if case.accepted_on])
    days = [TODAY + timedelta(days=random.randrange(-90, 60)) for _ in range(4)]
    Suggestion.objects.filter(pk=case.pk).update(
        replied_on=days[0],
        promise_on=days[1],
        fulfilled_on=days[2],
        closed_on=days[3],
        result_class=random.choice("AB"),
        was_on_time=random.random() < 0.5,
        assigned_on=case.accepted_on,
        state=State.CLOSED,
    )


def _merged(cast: Cast, world: World, random: Random) -> None:
    """A case with ratings and no number of its own goes with one of another month, be it of another town."""
    child, parent = random.sample([case for case in world.cases if case.county_id == cast.county.pk], 2)
    Suggestion.objects.filter(pk=child.pk).update(
        state=State.MERGED, parent=parent, accepted_on=None, number="", unit=None
    )
    Suggestion.objects.filter(pk=parent.pk, accepted_on__isnull=False).update(accepted_on=some_day(random))


def _withdrawn(cast: Cast, world: World, random: Random) -> None:
    Suggestion.objects.filter(pk=random.choice(world.cases).pk).update(state=State.WITHDRAWN)


def _redone(cast: Cast, world: World, random: Random) -> None:
    Suggestion.objects.filter(pk=random.choice(world.cases).pk).update(round=2)


def _rated(cast: Cast, world: World, random: Random) -> None:
    row = random.choice(world.ratings)
    Evaluation.objects.filter(pk=row.pk).update(outcome="BASIC", entered_at=timezone.now() + timedelta(days=5))
    Evaluation.objects.filter(pk=random.choice(world.ratings).pk).delete()


def _contacted(cast: Cast, world: World, random: Random) -> None:
    case = random.choice(world.cases)
    Contact.objects.create(
        suggestion=case,
        round=case.round,
        party=ContactParty.PETITIONER,
        contacted_on=TODAY,
        method=ContactMethod.FACE_TO_FACE,
        recorded_by=cast.unit_handler,
        recorded_at=timezone.now(),
    )


def _visited(cast: Cast, world: World, random: Random) -> None:
    one, other = random.sample(world.visits, 2)
    Visit.objects.filter(pk=one.pk).update(received_on=some_day(random), people=40)
    Visit.objects.filter(pk=other.pk).delete()


def _met(cast: Cast, world: World, random: Random) -> None:
    appointment = random.choice(world.appointments)
    Appointment.objects.filter(pk=appointment.pk).update(held_on=some_day(random), studio=None)
    one, other = random.sample(world.attendances, 2)
    Attendance.objects.filter(pk=one.pk).update(status=AttendanceStatus.LEAVE)
    Attendance.objects.filter(pk=other.pk).update(replaces=one)


def _of_another_kind(cast: Cast, world: World, random: Random) -> None:
    Studio.objects.filter(pk=random.choice(world.visits).studio_id).update(kind=StudioKind.PERSONAL)
    themed = Appointment.objects.filter(pk=random.choice(world.appointments).pk)
    Suggestion.objects.filter(pk=random.choice(world.cases).pk).update(appointment=themed.get())
    themed.update(kind=AppointmentKind.THEMED)


def _emptied(cast: Cast, world: World, random: Random) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE suggestions_contact CASCADE")


def _copied(cast: Cast, world: World, random: Random) -> None:
    """COPY into the table, as quick loaders do."""
    columns = "suggestion_id, round, evaluator, attitude, outcome, reason, source, entered_by_id, entered_at"
    rated = {row.suggestion_id for row in world.ratings}
    cases = [case.pk for case in world.cases if case.pk not in rated]
    with connection.cursor() as cursor, cursor.copy(f"COPY suggestions_evaluation ({columns}) FROM STDIN") as copy:
        for pk in cases:
            line = (pk, 1, "PETITIONER", "BASIC", "SATISFIED", "", "PAPER", cast.liaison.pk, timezone.now())
            copy.write_row(line)


Write = Callable[[Cast, World, Random], None]
OF_CASES: tuple[Write, ...] = (
    *(_next_month, _another_unit, _another_town, _answered, _merged, _withdrawn, _redone, _rated, _contacted, _copied),
)
OF_MEETINGS: tuple[Write, ...] = (_visited, _met, _of_another_kind, _emptied)


@pytest.mark.parametrize("writes", [OF_CASES[:5], OF_CASES[5:], OF_MEETINGS], ids=["cases", "ratings", "meetings"])
def test_every_write_marks_all_it_changes(cast: Cast, writes: tuple[Write, ...]) -> None:
    """Counted right at once, by the marks alone, and again with the next write after a fold."""
    world, random = random_world(cast, 7, size=8), Random(len(writes))
    for write in writes:
        fold_all()
        write(cast, world, random)
        assert differences(cast.leader, SPANS[:1], GROUPS[2:]) == [], write.__name__
    fold_all()
    assert differences(cast.leader, SPANS[:1], GROUPS[:2]) == []


def test_many_writes_read_on_other_days_by_everybody(cast: Cast) -> None:
    random = Random(11)
    world = random_world(cast, 3, size=8)
    for write in (_answered, _next_month, _merged, _answered, _answered, _withdrawn, _answered):
        write(cast, world, random)
    fold_all()
    assert differences(cast.leader, SPANS[1:], GROUPS[1:2]) == []
    for user in (cast.county_office, cast.town_office, cast.stranger, cast.liaison, cast.admin):
        assert differences(user, SPANS[:1], GROUPS[1:2]) == []


def test_the_tallies_are_read_at_all(cast: Cast) -> None:
    """The control: a number changed behind their back shows, so that equality above says something."""
    random_world(cast, 3, size=4)
    fold_all()
    before = total(count(Rows.visible_to(cast.leader), YEAR, ["visits"]))
    tally = Tally.objects.filter(source="visits", dimension="", county=cast.county.pk, month__year=2026).first()
    assert tally
    tally.numbers[0] += 1000
    tally.save()
    rows = Rows.visible_to(cast.leader)
    assert total(count(rows, YEAR, ["visits"]))["visits"] == before["visits"] + 1000
    assert total(count(replace(rows, whole=None), YEAR, ["visits"])) == before
    call_command("rebuild_tallies", county="海安", stdout=StringIO())
    assert total(count(Rows.visible_to(cast.leader), YEAR, ["visits"])) == before


def test_who_also_sees_single_rows_counts_these(cast: Cast) -> None:
    assert Rows.visible_to(cast.leader).whole and Rows.visible_to(cast.town_office).whole
    for user in (cast.liaison, cast.representative_user, cast.unit_handler):
        assert Rows.visible_to(user).whole is None


def test_what_is_taken_back_leaves_no_mark(cast: Cast) -> None:
    world = random_world(cast, 3, size=4)
    fold_all()
    with transaction.atomic():
        _answered(cast, world, Random(1))
        assert Touched.objects.exists()
        transaction.set_rollback(True)
    assert not Touched.objects.exists()


def test_other_rules_void_what_was_counted_by_the_old_ones(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    random_world(cast, 3, size=4)
    fold_all()
    Tally.objects.update(numbers=[])
    monkeypatch.setattr(tallies, "rules_of", lambda kind: "other")
    assert differences(cast.leader, SPANS[:1], GROUPS[1:2]) == []
    assert set(Bucket.objects.values_list("rules", flat=True)) != {"other"}


def test_narrowing_to_a_place_or_a_unit(cast: Cast) -> None:
    random_world(cast, 3, size=4)
    fold_all()
    rows = Rows.visible_to(cast.leader)
    kept, left = tallies.read(rows, YEAR, PLACE_OF["accepted"], ["accepted"], ("month",), {"delegation": cast.town.pk})
    true = count(replace(rows, whole=None), YEAR, ["accepted"], by=("delegation", "month"))
    assert {month: row["accepted"] for (month,), row in kept} == {
        month: row["accepted"] for (town, month), row in true.items() if town == cast.town.pk
    }
    assert left is None


def test_what_running_periods_are_compared_with_is_kept_too(cast: Cast) -> None:
    world, random = random_world(cast, 3, size=4), Random(4)
    for _ in range(5):
        _answered(cast, world, random)
    fold_all()
    earlier = looks(TODAY)[1:]
    assert [span.as_of for span in earlier] == [date(2025, 10, 20), date(2026, 7, 20), date(2026, 9, 20)]
    assert Bucket.objects.filter(holds_until__lt=TODAY).exists()
    for span in earlier:
        kept = Bucket.objects.filter(kind="visits", month__range=(span.first, span.last)).values("delegation", "month")
        assert kept.distinct().count() == kept.filter(tallies.standing(span.as_of)).count()
    assert differences(cast.leader, earlier, GROUPS[1:2]) == []


def test_what_nobody_looks_at_any_more_is_dropped(cast: Cast) -> None:
    random_world(cast, 3, size=4)
    fold_all()
    fold_all(TODAY + timedelta(days=40))
    fold_all(TODAY + timedelta(days=40))
    days = [span.as_of for span in looks(TODAY + timedelta(days=40))]
    assert all(
        any(row.holds_from <= day <= row.holds_until for day in days)
        for model in (Bucket, Tally)
        for row in model.objects.all()
    )


def test_a_fold_meanwhile_leaves_no_bucket_out(cast: Cast) -> None:
    """What nobody looks at is forgotten by a fold; a page that knew it a moment before counts the rows."""
    world, rows = random_world(cast, 3, size=8), Rows.visible_to(cast.leader)
    fold_all()
    past = replace(YEAR, as_of=TODAY - timedelta(days=1))
    Bucket.objects.update(holds_from=past.as_of)
    Tally.objects.update(holds_from=past.as_of)
    assert count(rows, past, ["accepted"])
    _answered(cast, world, Random(1))
    _withdrawn(cast, world, Random(1))
    fold_all()
    assert count(rows, past, ["accepted"]) == count(replace(rows, whole=None), past, ["accepted"])
