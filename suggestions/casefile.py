"""Everything the case page shows, gathered once; runs a fixed number of queries."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.models import User
from studios.clocks import Light, stopped_light
from studios.services import load_calendar
from suggestions.deadlines import Deadline, handling_deadline
from suggestions.enums import Complexity
from suggestions.forms.notes import NoteForm, note_form_for
from suggestions.merged import MergedCase, MergedInto, merged_here, merged_into
from suggestions.models import DeadlinePolicy, PrivateNote, Suggestion
from suggestions.permissions import can_attach, can_see_petitioner
from suggestions.presentation import ProgressStep, Round, ShownCase, progress_of, rounds_of, show
from suggestions.promises import is_waiting, promise_light
from suggestions.querysets import NoteQuerySet
from suggestions.refusals import BlockedStep, blocked_steps
from suggestions.screens import Action, actions
from suggestions.services.attachments import subject_of
from suggestions.timeline import TimelinePart, timeline_of
from uploads.models import Upload
from uploads.querysets import UploadQuerySet

RELATED = ("county", "delegation", "unit", "representative__user", "visit", "appointment", "created_by", "parent__unit")
ROWS = ("petitioners", "contacts", "consultations", "replies", "evaluations", "transitions")
ALL_ROWS = (*ROWS, "merged_cases__evaluations", "merged_cases__transitions")


def visible_case(user: User, pk: int) -> Suggestion:
    """The case with everything its page reads. Raises Http404 outside the user's scope."""
    cases = Suggestion.objects.visible_to(user).with_standing().select_related(*RELATED)
    return get_object_or_404(cases.prefetch_related(*ALL_ROWS), pk=pk)


@dataclass(frozen=True)
class CaseFile:
    """One case as one user sees it at one moment."""

    shown: ShownCase
    rounds: list[Round]
    progress: list[ProgressStep]
    deadline: Deadline | None
    actions: list[Action]
    may_reveal: bool
    attachments: list[Upload]
    may_attach: bool
    timeline: list[TimelinePart]
    merged_into: MergedInto | None
    merged_here: list[MergedCase]
    blocked: list[BlockedStep]
    promise: Light | None
    notes: list[PrivateNote]
    note_form: NoteForm | None

    @classmethod
    def of(cls, case: Suggestion, user: User, now: datetime) -> Self:
        """Gather what the page shows at `now` (aware)."""
        today = timezone.localdate(now)
        policy = DeadlinePolicy.objects.in_force(case.county, case.assigned_on or today)
        return cls(
            shown=show(case, today, policy.yellow_days),
            rounds=rounds_of(case),
            progress=progress_of(case),
            deadline=_deadline(case, policy),
            actions=actions(user, case, now),
            may_reveal=bool(case.petitioners.all()) and can_see_petitioner(user, case),
            attachments=list(_attachments(case, user)),
            may_attach=can_attach(user, case),
            timeline=timeline_of(case),
            merged_into=merged_into(case, user, today),
            merged_here=merged_here(case, user),
            blocked=blocked_steps(user, case, now),
            promise=_promise(case, today, policy.yellow_days),
            notes=list(_notes(case, user)),
            note_form=note_form_for(user, case),
        )


def _attachments(case: Suggestion, user: User) -> UploadQuerySet:
    return Upload.objects.filter(subject=subject_of(case)).visible_to(user).select_related("created_by")


def _notes(case: Suggestion, user: User) -> NoteQuerySet:
    return PrivateNote.objects.filter(suggestion=case).visible_to(user).select_related("author", "organization")


def _promise(case: Suggestion, today: date, yellow_days: int) -> Light | None:
    """The light of what the unit promised: burning until it is kept, grey afterwards."""
    if case.promise_on is None:
        return None
    if case.fulfilled_on is not None:
        return stopped_light(due_on=case.promise_on, stopped_on=case.fulfilled_on, verb="兑现")
    return promise_light(case.promise_on, today, yellow_days) if is_waiting(case) else None


def _deadline(case: Suggestion, policy: DeadlinePolicy) -> Deadline | None:
    if case.assigned_on is None or not case.complexity:
        return None
    return handling_deadline(case.assigned_on, Complexity(case.complexity), policy.rules, load_calendar())
