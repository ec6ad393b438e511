"""How a suggestion begins: opened as a draft, corrected, submitted."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from appointments.enums import VisitOutcome
from appointments.models import Appointment, Booking, Finding, Visit
from appointments.services import Photos, VisitEntry, mark_turned_into_suggestion, record_visit
from representatives.models import Representative
from studios.models import Studio
from suggestions.enums import Level, Verb
from suggestions.models import Petitioner, Suggestion
from suggestions.services.steps import GuardError, begin, finish

TITLE_LENGTH = 30


@dataclass(frozen=True)
class Matter:
    """What the 建议意见表 says."""

    title: str
    content: str
    category: str
    level: Level


@dataclass(frozen=True)
class Visitor:
    """Who brought it. Neither name nor phone: anonymous. `releases_contact`: the unit may call them."""

    name: str = ""
    phone: str = ""
    unit: str = ""
    releases_contact: bool = False

    @property
    def is_anonymous(self) -> bool:
        return not (self.name or self.phone)


def title_of(text: str) -> str:
    """A title for a text that has none: its first sentence, at most 30 characters."""
    first = text.strip().replace("\n", "。").split("。")[0]
    return first if len(first) <= TITLE_LENGTH else first[: TITLE_LENGTH - 1] + "…"


@transaction.atomic
def open_suggestion(
    *,
    matter: Matter,
    visitor: Visitor,
    representative: Representative,
    studio: Studio | None,
    actor: User,
    visit: Visit | None = None,
    appointment: Appointment | None = None,
    finding: Finding | None = None,
) -> Suggestion:
    """Store a draft (一事一议). A visit becomes at most one suggestion; raises GuardError if it has one already."""
    if visit is not None and Suggestion.objects.filter(visit=visit).exists():
        raise GuardError("这条接访记录已经转为建议。")
    if visit is not None:
        mark_turned_into_suggestion(visit=visit)
    place = studio or representative
    case = Suggestion.objects.create(
        county_id=place.county_id,
        delegation_id=place.delegation_id,
        studio=studio,
        representative=representative,
        visit=visit,
        appointment=appointment,
        finding=finding,
        is_anonymous=visitor.is_anonymous,
        releases_contact=visitor.releases_contact,
        created_by=actor,
        created_at=timezone.now(),
        **vars(matter),
    )
    _write_petitioner(case, visitor)
    return case


@transaction.atomic
def take_in_visit(
    *,
    entry: VisitEntry,
    visitor: Visitor,
    level: Level,
    studio: Studio,
    representative: Representative,
    actor: User,
    submission_key: UUID,
    duty: Appointment | None = None,
    photos: Photos = (),
    booking: Booking | None = None,
) -> Suggestion:
    """转为建议 on the spot: the visit, its suggestion and the submission are one fact. The same key twice is one.

    A form saved as answered and sent again as a suggestion turns its visit into one. Raises PhotoError.
    """
    visit, is_new = record_visit(
        entry=entry,
        outcome=VisitOutcome.TO_SUGGESTION,
        studio=studio,
        representative=representative,
        actor=actor,
        submission_key=submission_key,
        duty=duty,
        photos=photos,
        booking=booking,
    )
    if not is_new:
        visit = Visit.objects.select_for_update().get(pk=visit.pk)
        if case := Suggestion.objects.filter(visit=visit).first():
            return case
    matter = Matter(title_of(entry.matter), content_of(entry.matter, entry.answer), entry.category, level)
    return submit_suggestion(suggestion=_from_visit(visit, matter, visitor, actor), actor=actor)


def _from_visit(visit: Visit, matter: Matter, visitor: Visitor, actor: User) -> Suggestion:
    return open_suggestion(
        matter=matter,
        visitor=visitor,
        representative=visit.representative,
        studio=visit.studio,
        actor=actor,
        visit=visit,
        appointment=visit.appointment,
    )


def content_of(matter: str, answer: str) -> str:
    """The text of a suggestion that begins with a visit: what was said, and what was answered so far."""
    return f"{matter}\n\n当场答复：{answer}" if answer else matter


@transaction.atomic
def update_suggestion(
    *, suggestion: Suggestion, matter: Matter, visitor: Visitor, actor: User, version: int
) -> Suggestion:
    """Correct a draft or a returned case. Raises StepError when it is neither, or not the actor's."""
    step = begin(suggestion, Verb.SUBMIT, actor, version)
    case = step.case
    fields = vars(matter) | {
        "is_anonymous": visitor.is_anonymous,
        "releases_contact": visitor.releases_contact,
        "version": case.version + 1,
    }
    for name, value in fields.items():
        setattr(case, name, value)
    case.save(update_fields=[*fields, "search_text"])
    case.petitioners.all().delete()
    _write_petitioner(case, visitor)
    return case


@transaction.atomic
def submit_suggestion(*, suggestion: Suggestion, actor: User, version: int | None = None) -> Suggestion:
    """Hand the case to the delegation's office. Guard: title, content; petitioner or anonymous."""
    step = begin(suggestion, Verb.SUBMIT, actor, version)
    case = step.case
    if not case.title.strip() or not case.content.strip():
        raise GuardError("请填写标题和内容后再提交。")
    if not case.is_anonymous and not case.petitioners.exists():
        raise GuardError("请填写反映群众，或注明群众不愿透露身份。")
    return finish(step, submitted_on=step.today)


def _write_petitioner(case: Suggestion, visitor: Visitor) -> None:
    if not visitor.is_anonymous:
        Petitioner.objects.create(suggestion=case, name=visitor.name, phone=visitor.phone, unit=visitor.unit)
