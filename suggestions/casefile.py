"""Everything the case page shows, gathered once; runs a fixed number of queries."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.models import User
from suggestions.documents.catalogue import CasePaper, papers_of
from suggestions.duties import Duty, duties_of
from suggestions.enums import RequestState
from suggestions.explanation import Explanation, explain
from suggestions.lists import clocks_of
from suggestions.models import DeadlinePolicy, Reply, Suggestion, UnitRequest
from suggestions.permissions import can_attach, can_see_petitioner
from suggestions.permissions_office import can_take_archive
from suggestions.presentation import ProgressStep, Round, ShownCase, progress_of, rounds_of, show
from suggestions.screens import Action, actions, refused, standing
from suggestions.services.attachments import subject_of
from suggestions.supervision_list import CaseNotices, notices_of
from uploads.models import Upload

RELATED = ("county", "delegation", "unit", "representative__user", "visit", "appointment", "created_by", "parent")
ROWS = ("petitioners", "contacts", "consultations", "evaluations", "transitions", "deadline_changes")
PARTIES = ("assignment__unit", "proposed_unit", "asked_by", "decided_by")


def visible_case(user: User, pk: int) -> Suggestion:
    """The case with everything its page reads. Raises Http404 outside the user's scope."""
    requests = Prefetch("requests", UnitRequest.objects.select_related(*PARTIES))
    replies = Prefetch("replies", Reply.objects.select_related("assignment__unit"))
    cases = Suggestion.objects.visible_to(user).with_standing().select_related(*RELATED)
    return get_object_or_404(cases.prefetch_related(*ROWS).prefetch_related(requests).prefetch_related(replies), pk=pk)


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
    refused: list[tuple[str, str]]
    may_reveal: bool
    attachments: list[Upload]
    may_attach: bool
    notices: CaseNotices
    papers: list[CasePaper]
    may_take_archive: bool

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
            refused=refused(steps),
            may_reveal=bool(case.petitioners.all()) and can_see_petitioner(user, case),
            attachments=attachments_of(case, user),
            may_attach=can_attach(user, case),
            notices=notices_of(case, user, today),
            papers=papers_of(case),
            may_take_archive=can_take_archive(user, case),
        )


def attachments_of(case: Suggestion, user: User) -> list[Upload]:
    """The files of the case that `user` may see."""
    return list(Upload.objects.filter(subject=subject_of(case)).visible_to(user).select_related("created_by"))
