"""What a unit still lacks before it may sign for a case, take the three steps, or reply (domain.md §6.1)."""

from accounts.models import User
from suggestions.duties import missing_parts, steps_since
from suggestions.enums import ANSWERING, AssignmentKind, ContactMethod, ContactParty
from suggestions.models import Assignment, Consultation, Suggestion
from suggestions.permissions import own_assignments
from suggestions.services.joint import awaited_countersigns
from suggestions.services.steps import HANDED_IN, Missing


def missing_for_reply(case: Suggestion) -> list[Missing]:
    """What the three steps of this clock, and the 会办 units, still lack, in order; empty when a reply may go out.

    分办 units take steps ① and ② together: nobody is visited twice for one matter.
    """
    missing = []
    since, reached = steps_since(case), reached_parties(case)
    if ContactParty.REPRESENTATIVE not in reached:
        missing.append(Missing("尚未联系党代表", "contact"))
    if ContactParty.PETITIONER not in reached and not case.is_anonymous:
        missing.append(Missing("尚未联系反映群众", "contact"))
    consultation = consultation_of(case)
    if consultation is None or (since is not None and consultation.asked_at < since):
        missing.append(Missing("尚未填写措施、征询代表意见", "consult"))
    elif not consultation.opinion:
        missing.append(Missing("代表意见尚未记录", "consult"))
    return missing + [Missing(sentence, "countersign") for sentence in awaited_countersigns(case)]


def reached_parties(case: Suggestion) -> set[str]:
    """Whom the units have contacted since the clock now running began."""
    since = steps_since(case)
    counted = (row for row in case.contacts.all() if row.round == case.round)
    return {row.party for row in counted if since is None or row.recorded_at >= since}


def consultation_of(case: Suggestion) -> Consultation | None:
    """What the representative was asked in the round now running; None before they are."""
    return next((row for row in case.consultations.all() if row.round == case.round), None)


def obstacle_to_opinion(case: Suggestion) -> str:
    """Why the representative has nothing to answer, as a sentence; "" when they have."""
    asked = consultation_of(case)
    if asked is None:
        return "承办单位还没有征询您的意见。"
    return "这次征询已经答复过了。" if asked.opinion else ""


def obstacle_to_sign(actor: User, case: Suggestion) -> str:
    """Why `actor` has nothing to sign for, as a sentence; "" when they have."""
    unsigned = any(row.signed_at is None for row in own_assignments(actor, case))
    return "" if unsigned else "贵单位已经签收。"


def obstacle_to_steps(actor: User, case: Suggestion) -> str:
    """Why `actor` may not take the three steps yet, as a sentence; "" when they may."""
    signed = any(row.signed_at and row.kind in ANSWERING for row in own_assignments(actor, case))
    return "" if signed else "贵单位尚未签收，请先签收再办理。"


def obstacle_to_contact(case: Suggestion, party: ContactParty, method: ContactMethod) -> str:
    """Why a unit may not reach `party` that way, as a sentence; "" when it may.

    A petitioner who did not say who they are is not reached at all, one who did not release their phone through the
    representative only; the representative is always reached directly.
    """
    if party == ContactParty.PETITIONER and case.is_anonymous:
        return "群众不愿透露身份，只需联系党代表。"
    is_direct = method != ContactMethod.VIA_REPRESENTATIVE
    if party == ContactParty.PETITIONER and is_direct and not case.releases_contact:
        return "群众没有同意告知联系方式，请通过代表联系，并选“通过代表”。"
    if party == ContactParty.REPRESENTATIVE and not is_direct:
        return "党代表请直接联系，并选“见面”“电话”“微信或短信”或“书面”。"
    return ""


def obstacle_to_reply(actor: User, case: Suggestion) -> str:
    """Why `actor` may not reply, whatever the steps say: unsigned, or the part is in; "" when they may."""
    if obstacle := obstacle_to_steps(actor, case):
        return obstacle
    own = [row for row in own_assignments(actor, case) if row.kind in ANSWERING]
    if all(row.kind == AssignmentKind.SPLIT for row in own) and part_to_write(actor, case) is None:
        return HANDED_IN
    return ""


def unit_answering(actor: User, case: Suggestion) -> str:
    """The unit for which `actor` answers: of several of theirs the one whose part is not in."""
    own = part_to_write(actor, case)
    rows = [own] if own else [row for row in own_assignments(actor, case) if row.kind in ANSWERING]
    return str(rows[0].unit) if rows else ""


def part_to_write(actor: User, case: Suggestion) -> Assignment | None:
    """The 分办 assignment of `actor`'s whose part is not in; None for a lead, and when all is in."""
    open_parts = {row.pk for row in missing_parts(case)}
    return next((row for row in own_assignments(actor, case) if row.pk in open_parts and row.signed_at), None)
