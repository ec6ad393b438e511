"""Measures of domain.md §8 over attendances, appointments, visits and studios, the slow way."""

from tests.reports.naive_days import Asked, Row, Test, during
from tests.reports.world import World


def has_seat(world: World, seat: Row, asked: Asked) -> bool:
    """应到: somebody answers for the seat, at what was not called off; a leave somebody covered counts with them."""
    is_covered = any(other.replaces is seat for other in world.attendances)
    is_counted = seat.status in ("EXPECTED", "PRESENT", "ABSENT") or (seat.status == "LEAVE" and not is_covered)
    return is_counted and is_on(world, seat, asked)


def is_on(world: World, seat: Row, asked: Asked) -> bool:
    return seat.appointment.status != "CANCELLED" and during(seat.appointment.held_on, asked)


def was_due(world: World, seat: Row, asked: Asked) -> bool:
    """A duty of today, or later, that nobody has entered is still to come."""
    return has_seat(world, seat, asked) and not (seat.status == "EXPECTED" and seat.appointment.held_on >= asked.as_of)


def was_called(world: World, seat: Row, asked: Asked) -> bool:
    return has_seat(world, seat, asked) and seat.appointment.kind == "COLLECTIVE"


def was_held(*kinds: str) -> Test:
    return lambda world, row, asked: row.status == "HELD" and row.kind in kinds and during(row.held_on, asked)


def is_duty(world: World, row: Row, asked: Asked) -> bool:
    return row.kind == "REGULAR" and row.status != "CANCELLED" and during(row.held_on, asked)


def ended(*outcomes: str) -> Test:
    return lambda world, row, asked: row.outcome in outcomes and during(row.received_on, asked)


def says(*wanted: str) -> Test:
    """达标: what the last look up to the as-of day says of a studio that is in use."""

    def test(world: World, studio: Row, asked: Asked) -> bool:
        looks = [look for look in world.inspections if look.studio is studio and look.inspected_on <= asked.as_of]
        last = max(looks, key=lambda look: (look.inspected_on, look.pk), default=None)
        failed = any(row.inspection is last and row.outcome == "FAIL" for row in world.findings)
        said = "unchecked" if last is None else "failing" if failed else "passing"
        return studio.status == "ACTIVE" and said in wanted

    return test


ONSITE = ("ANSWERED_ON_SITE", "RESOLVED_ON_SITE")
MEETINGS: dict[str, tuple[str, Test]] = {
    "regular_attendances": (
        "attendances",
        lambda w, r, a: r.status == "PRESENT" and r.appointment.kind == "REGULAR" and is_on(w, r, a),
    ),
    "unconfirmed": ("attendances", lambda w, r, a: r.status == "EXPECTED" and was_due(w, r, a)),
    "expected": ("attendances", was_due),
    "not_excused": ("attendances", lambda w, r, a: r.status != "LEAVE" and was_due(w, r, a)),
    "present": ("attendances", lambda w, r, a: r.status == "PRESENT" and was_due(w, r, a)),
    "excused": ("attendances", lambda w, r, a: r.status == "LEAVE" and was_due(w, r, a)),
    "collective_expected": ("attendances", was_called),
    "collective_present": ("attendances", lambda w, r, a: r.status == "PRESENT" and was_called(w, r, a)),
    "collective_people": (
        "attendances",
        lambda w, r, a: (r.people_met or 0) if r.status == "PRESENT" and was_called(w, r, a) else 0,
    ),
    "regular_held": ("appointments", was_held("REGULAR")),
    "themed_held": ("appointments", was_held("THEMED")),
    "collective_held": ("appointments", was_held("COLLECTIVE")),
    "designated_held": ("appointments", was_held("DESIGNATED")),
    "to_announce": ("appointments", is_duty),
    "announced_in_time": ("appointments", lambda w, r, a: bool(r.was_announced_in_time) and is_duty(w, r, a)),
    "events_with_people": (
        "appointments",
        lambda w, r, a: r.headcount if r.status == "HELD" and during(r.held_on, a) else 0,
    ),
    "visits": ("visits", lambda w, r, a: during(r.received_on, a)),
    "people_received": ("visits", lambda w, r, a: r.people if during(r.received_on, a) else 0),
    "onsite_handled": ("visits", ended(*ONSITE)),
    "became_suggestions": ("visits", ended("TO_SUGGESTION")),
    "onsite_or_suggestion": ("visits", ended(*ONSITE, "TO_SUGGESTION")),
    "referred": ("visits", ended("REFERRED")),
    "studios_active": ("studios", says("passing", "failing", "unchecked")),
    "studios_passing": ("studios", says("passing")),
    "studios_failing": ("studios", says("failing")),
    "studios_unchecked": ("studios", says("unchecked")),
}
