"""Everything the case page shows, gathered once; runs a fixed number of queries."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.models import User
from studios.clocks import Light, stopped_light
from suggestions.answers import kept_days, promised_on, promises_of
from suggestions.documents.catalogue import PaperLink, paper_links
from suggestions.duties import Duty, duties_of
from suggestions.enums import RequestState
from suggestions.explanation import Explanation, explain
from suggestions.forms.notes import NoteForm, note_form_for
from suggestions.lists import clocks_of
from suggestions.merged import MergedCase, MergedInto, merged_here, merged_into
from suggestions.models import DeadlinePolicy, PrivateNote, Reply, Suggestion, UnitRequest
from suggestions.office_querysets import NoteQuerySet
from suggestions.permissions import can_attach, can_reveal
from suggestions.permissions_office import can_take_archive
from suggestions.presentation import ProgressStep, Round, ShownCase, progress_of, rounds_of, show
from suggestions.promises import promise_light
from suggestions.refusals import BlockedStep, blocked_steps
from suggestions.screens import Action, actions, standing
from suggestions.services.attachments import subject_of
from suggestions.supervision_list import CaseNotices, notices_of
from suggestions.timeline import TimelinePart, timeline_of
from uploads.models import Upload

RELATED = ("county", "delegation", "unit", "representative__user", "visit", "appointment", "created_by", "parent__unit")
ROWS = ("petitioners", "contacts", "consultations", "evaluations", "transitions", "deadline_changes__actor")
OF_MERGED = ("evaluations", "transitions", "petitioners", "representative", "studio__liaisons")
ALL_ROWS = (*ROWS, *(f"merged_cases__{name}" for name in OF_MERGED))
PARTIES = ("assignment__unit", "proposed_unit", "asked_by", "decided_by")


def visible_case(user: User, pk: int) -> Suggestion:
    """The case with everything its page reads. Raises Http404 outside the user's scope."""
    requests = Prefetch("requests", UnitRequest.objects.select_related(*PARTIES))
    replies = Prefetch("replies", Reply.objects.select_related("assignment__unit"))
    cases = Suggestion.objects.visible_to(user).with_standing().select_related(*RELATED)
    cases = cases.prefetch_related(*ALL_ROWS).prefetch_related(requests).prefetch_related(replies)
    return get_object_or_404(cases, pk=pk)


def case_to_reveal(user: User, pk: int) -> Suggestion:
    """A case whose petitioners the user may ask for: one they see, or one merged into it. Raises Http404."""
    cases = Suggestion.objects.visible_with_parent(user).with_standing().select_related("county", "parent")
    return get_object_or_404(cases.prefetch_related("petitioners"), pk=pk)


@dataclass(frozen=True)
class ShownPromise:
    """What one unit promised: burning until it is kept, grey afterwards; `unit` is empty where it answers alone."""

    unit: str
    promise_on: date
    kept_on: date | None
    light: Light


@dataclass(frozen=True)
class CaseFile:
    """One case as one user sees it at one moment."""

    shown: ShownCase
    rounds: list[Round]
    progress: list[ProgressStep]
    deadline: Explanation | None
    duties: list[Duty]
    is_asked: bool
    actions: list[Action]
    may_reveal: bool
    attachments: list[Upload]
    may_attach: bool
    notices: CaseNotices
    papers: list[PaperLink]
    may_take_archive: bool
    timeline: list[TimelinePart]
    merged_into: MergedInto | None
    merged_here: list[MergedCase]
    blocked: list[BlockedStep]
    promises: list[ShownPromise]
    notes: list[PrivateNote]
    note_form: NoteForm | None

    @classmethod
    def of(cls, case: Suggestion, user: User, now: datetime) -> Self:
        """Gather what the page shows at `now` (aware)."""
        today = timezone.localdate(now)
        clocks, steps = clocks_of(user, today), standing(user, case, now)
        rules = DeadlinePolicy.objects.in_force(case.county, case.assigned_on or today).rules
        changes, requests = case.deadline_changes.all(), case.requests.all()
        return cls(
            shown=show(case, today, clocks),
            rounds=rounds_of(case),
            progress=progress_of(case),
            deadline=explain(case, rules, clocks.calendar, changes, requests),
            duties=duties_of(case),
            is_asked=any(row.state == RequestState.WAITING for row in requests),
            actions=actions(case, steps),
            may_reveal=can_reveal(user, case),
            attachments=attachments_of(case, user),
            may_attach=can_attach(user, case),
            notices=notices_of(case, user, today),
            papers=paper_links(case),
            may_take_archive=can_take_archive(user, case),
            timeline=timeline_of(case),
            merged_into=merged_into(case, user, today, clocks),
            merged_here=merged_here(case, user),
            blocked=blocked_steps(case, steps),
            promises=_promises(case, today, clocks.rules_of(case).yellow_days),
            notes=list(_notes(case, user)),
            note_form=note_form_for(user, case),
        )


def attachments_of(case: Suggestion, user: User) -> list[Upload]:
    """The files of the case that `user` may see."""
    return list(Upload.objects.filter(subject=subject_of(case)).visible_to(user).select_related("created_by"))


def _notes(case: Suggestion, user: User) -> NoteQuerySet:
    return PrivateNote.objects.filter(suggestion=case).visible_to(user).select_related("author", "organization")


def _promises(case: Suggestion, today: date, yellow_days: int) -> list[ShownPromise]:
    kept = kept_days(case)
    return [
        ShownPromise(
            answer.unit.short_name if answer.is_part else "",
            day := promised_on(answer),
            kept_on := kept.get(answer.reply.pk),
            stopped_light(due_on=day, stopped_on=kept_on, verb="兑现")
            if kept_on
            else promise_light(day, today, yellow_days),
        )
        for answer in promises_of(case)
    ]
