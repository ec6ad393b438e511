"""Measures of domain.md §8 over cases, assignments and ratings, the slow way."""

from datetime import date
from zoneinfo import ZoneInfo

from tests.reports.naive_days import Asked, Row, Test, by_then, during
from tests.reports.world import World


def is_counted(case: Row) -> bool:
    return case.accepted_on is not None and case.state not in ("WITHDRAWN", "REJECTED")


def is_ours(world: World, case: Row, asked: Asked) -> bool:
    """The cohort: accepted in the period, and neither withdrawn nor rejected."""
    return is_counted(case) and during(case.accepted_on, asked)


def is_replied(case: Row, asked: Asked) -> bool:
    return by_then(case.replied_on, asked)


def is_open_past(case: Row, due: date | None, asked: Asked) -> bool:
    """Charged by then, not answered by then, and `due` was over."""
    is_unanswered = case.state in ("ASSIGNED", "HANDLING") or (case.replied_on and not is_replied(case, asked))
    return bool(by_then(case.assigned_on, asked) and is_unanswered and due and due < asked.as_of)


def is_judged(case: Row, asked: Asked) -> bool:
    return is_replied(case, asked) or is_open_past(case, case.due_on, asked)


def was_promised(case: Row) -> bool:
    return case.result_class == "B" or (case.result_class == "A" and case.fulfilled_on is not None)


def owes(case: Row, asked: Asked) -> bool:
    return is_replied(case, asked) and by_then(case.promise_on, asked)


def contacts_of(world: World, case: Row) -> list[Row]:
    return [row for row in world.contacts if row.suggestion is case and row.round == case.round]


def ratings_of(world: World, case: Row, asked: Asked) -> list[Row]:
    return [row for row in world.ratings if row.suggestion is case and by_then(row.entered_at, asked)]


def is_adopted(world: World, case: Row) -> bool:
    standing = [row for row in world.replies if row.suggestion is case and row.round == case.round]
    return any(row.status != "RETURNED" and row.adoption in ("ADOPTED", "PARTLY") for row in standing)


def is_extended(world: World, case: Row, asked: Asked) -> bool:
    return any(
        row.suggestion is case
        and row.assignment.status == "ACTIVE"
        and (row.kind, row.state) == ("EXTENSION", "APPROVED")
        and by_then(row.decided_at, asked)
        for row in world.requests
    )


def is_rated_again(world: World, case: Row, asked: Asked) -> bool:
    rounds = [row.round for row in ratings_of(world, case, asked)]
    return by_then(case.forwarded_on, asked) and case.round in rounds


def of_class(*classes: str) -> Test:
    return lambda w, c, a: is_replied(c, a) and not was_promised(c) and c.result_class in classes


def days_taken(world: World, case: Row, asked: Asked) -> int:
    return (case.replied_on - case.assigned_on).days if is_replied(case, asked) else 0


OUR_CASES: dict[str, Test] = {
    "accepted": lambda w, c, a: True,
    "closed": lambda w, c, a: c.state == "CLOSED" and by_then(c.closed_on, a),
    "assigned": lambda w, c, a: by_then(c.first_assigned_on, a),
    "replied": lambda w, c, a: is_replied(c, a),
    "on_time": lambda w, c, a: is_replied(c, a) and c.replied_on <= c.due_on,
    "on_time_unextended": lambda w, c, a: is_replied(c, a) and c.replied_on <= c.due_on and not is_extended(w, c, a),
    "on_time_extended": lambda w, c, a: is_replied(c, a) and c.replied_on <= c.due_on and is_extended(w, c, a),
    "on_time_by_original": lambda w, c, a: is_replied(c, a) and c.replied_on <= c.original_due_on,
    "judged": lambda w, c, a: is_judged(c, a),
    "judged_by_original": lambda w, c, a: is_replied(c, a) or is_open_past(c, c.original_due_on, a),
    "late": lambda w, c, a: is_judged(c, a) and not (is_replied(c, a) and c.replied_on <= c.due_on),
    "overdue": lambda w, c, a: is_open_past(c, c.due_on, a),
    "extended": is_extended,
    "met": lambda w, c, a: is_replied(c, a) and "FACE_TO_FACE" in [row.method for row in contacts_of(w, c)],
    "contacted": lambda w, c, a: is_replied(c, a) and bool(contacts_of(w, c)),
    "answered_a": of_class("A"),
    "answered_b": lambda w, c, a: is_replied(c, a) and was_promised(c),
    "answered_c": of_class("C"),
    "answered_d": of_class("D"),
    "resolved_by_now": lambda w, c, a: of_class("A")(w, c, a) or (is_replied(c, a) and by_then(c.fulfilled_on, a)),
    "promise_due": lambda w, c, a: owes(c, a),
    "promise_kept": lambda w, c, a: owes(c, a) and c.fulfilled_on is not None and c.fulfilled_on <= c.promise_on,
    "adopted": lambda w, c, a: is_replied(c, a) and is_adopted(w, c),
    "forwarded": lambda w, c, a: by_then(c.forwarded_on, a),
    "returned_ratings": is_rated_again,
    "evaluated_cases": lambda w, c, a: bool(ratings_of(w, c, a)),
    "redone": lambda w, c, a: c.round >= 2 and bool(ratings_of(w, c, a)),
    "handling_days": days_taken,
}


def was_collected(world: World, case: Row, asked: Asked) -> bool:
    day = case.appointment
    is_collective = day is not None and day.kind == "COLLECTIVE" and during(day.held_on, asked)
    return is_counted(case) and is_collective and by_then(case.accepted_on, asked)


def is_charge(world: World, row: Row, asked: Asked) -> bool:
    return is_counted(row.suggestion) and row.round == 1 and during(row.assigned_on, asked)


def is_signed(row: Row, asked: Asked) -> bool:
    return row.sign_due_on is not None and by_then(row.signed_at, asked)


def is_signed_in_time(row: Row, asked: Asked) -> bool:
    return is_signed(row, asked) and row.signed_at.astimezone(ZoneInfo("Asia/Shanghai")).date() <= row.sign_due_on


def is_unsigned_late(row: Row, asked: Asked) -> bool:
    is_waiting = not by_then(row.signed_at, asked) and (row.signed_at is not None or row.status == "ACTIVE")
    return is_waiting and row.sign_due_on is not None and row.sign_due_on < asked.as_of


def was_handed_back(world: World, charge: Row, asked: Asked) -> bool:
    asks = [row for row in world.requests if row.assignment is charge and row.kind == "RETURN"]
    return any(row.state == "APPROVED" and by_then(row.decided_at, asked) for row in asks)


def is_owed_late(world: World, row: Row, asked: Asked) -> bool:
    """It is theirs to answer, they have not, and the day is over; a shared case each for its part."""
    case = row.suggestion
    is_theirs = row.status == "ACTIVE" and row.kind in ("LEAD", "SPLIT")
    is_in = any(part.assignment is row and part.status == "SUBMITTED" for part in world.replies)
    is_late = case.state in ("ASSIGNED", "HANDLING") and case.due_on < asked.as_of
    return is_ours(world, case, asked) and is_theirs and is_late and not is_in


OUR_CHARGES: dict[str, Test] = {
    "assignments": lambda w, r, a: True,
    "signed_in_time": lambda w, r, a: is_signed_in_time(r, a),
    "sign_judged": lambda w, r, a: is_signed(r, a) or is_unsigned_late(r, a),
    "handed_back": was_handed_back,
}
SAID = {
    "evaluated": ("SATISFIED", "BASIC", "UNSATISFIED"),
    "contented": ("SATISFIED", "BASIC"),
    "satisfied": ("SATISFIED",),
    "basic": ("BASIC",),
    "unsatisfied": ("UNSATISFIED",),
}


def head_of(case: Row) -> Row:
    """The case it is counted with: its own number's, else that of the one it was merged into."""
    return case if case.accepted_on or case.parent is None else case.parent


def is_rating(said: str, aspect: str, evaluator: str, which: str) -> Test:
    def test(world: World, row: Row, asked: Asked) -> bool:
        is_round = row.round == 1 if which == "first" else row.round == row.suggestion.round
        is_theirs = evaluator in ("all", row.evaluator.lower())
        is_known = is_ours(world, head_of(row.suggestion), asked) and by_then(row.entered_at, asked)
        return is_round and is_theirs and is_known and getattr(row, aspect) in SAID[said]

    return test
