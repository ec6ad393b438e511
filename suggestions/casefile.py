"""Everything the case page shows, gathered once; runs a fixed number of queries."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.models import User
from suggestions.explanation import Explanation, explain
from suggestions.lists import clocks_of
from suggestions.models import DeadlinePolicy, Suggestion
from suggestions.permissions import can_attach, can_see_petitioner
from suggestions.presentation import ProgressStep, Round, ShownCase, progress_of, rounds_of, show
from suggestions.screens import Action, actions
from suggestions.services.attachments import subject_of
from uploads.models import Upload
from uploads.querysets import UploadQuerySet

RELATED = ("county", "delegation", "unit", "representative__user", "visit", "appointment", "created_by", "parent")
ROWS = (
    "petitioners",
    "contacts",
    "consultations",
    "replies",
    "evaluations",
    "transitions",
    "deadline_changes",
    "requests",
)


def visible_case(user: User, pk: int) -> Suggestion:
    """The case with everything its page reads. Raises Http404 outside the user's scope."""
    cases = Suggestion.objects.visible_to(user).with_standing().select_related(*RELATED).prefetch_related(*ROWS)
    return get_object_or_404(cases, pk=pk)


@dataclass(frozen=True)
class CaseFile:
    """One case as one user sees it at one moment."""

    shown: ShownCase
    rounds: list[Round]
    progress: list[ProgressStep]
    deadline: Explanation | None
    actions: list[Action]
    may_reveal: bool
    attachments: list[Upload]
    may_attach: bool

    @classmethod
    def of(cls, case: Suggestion, user: User, now: datetime) -> Self:
        """Gather what the page shows at `now` (aware)."""
        today = timezone.localdate(now)
        clocks = clocks_of(user, today)
        rules = DeadlinePolicy.objects.in_force(case.county, case.assigned_on or today).rules
        changes, requests = case.deadline_changes.all(), case.requests.all()
        return cls(
            shown=show(case, today, clocks),
            rounds=rounds_of(case),
            progress=progress_of(case),
            deadline=explain(case, rules, clocks.calendar, changes, requests),
            actions=actions(user, case, now),
            may_reveal=bool(case.petitioners.all()) and can_see_petitioner(user, case),
            attachments=list(_attachments(case, user)),
            may_attach=can_attach(user, case),
        )


def _attachments(case: Suggestion, user: User) -> UploadQuerySet:
    return Upload.objects.filter(subject=subject_of(case)).visible_to(user).select_related("created_by")
