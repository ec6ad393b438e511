"""Which suggestions a user may see, and the named predicates lists and statistics are built from."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import F, OuterRef, Prefetch, Q, Subquery
from django.utils import timezone

from accounts.enums import Role
from studios.querysets import studio_scope
from suggestions.enums import (
    ANSWERING,
    DROPPED_STATES,
    HANDLING_STATES,
    TAKES_IN_STATES,
    AssignmentKind,
    AssignmentStatus,
    Evaluator,
    Level,
    Rating,
    ReplyStatus,
    RequestKind,
    RequestState,
    State,
    SupervisionKind,
    Verb,
)
from suggestions.list_fields import LIST_FIELDS, TWIN_FIELDS
from suggestions.search import cases_holding

if TYPE_CHECKING:
    from accounts.models import Organization, User
    from suggestions.models import DeadlinePolicy, Suggestion

Row = TypeVar("Row", bound=models.Model)

TAKE_AWAY = (Verb.RECALL, Verb.APPROVE_RETURN, Verb.WITHDRAW)
"""Steps after which the units no longer have the case."""

OFFICES_AND_LEADERS = (Role.DELEGATION_OFFICE, Role.COUNTY_OFFICE, Role.LEADER)
PROMISED = Q(state=State.CLOSED, fulfilled_on=None, promise_on__isnull=False)
"""Closed with a promise that has not been kept yet (承诺待兑现)."""


def is_overdue(today: date, prefix: str = "") -> Q:
    """Running and past the due date on `today`, for filters and for counting; `prefix` leads to the case."""
    return Q(**{f"{prefix}state__in": HANDLING_STATES, f"{prefix}due_on__lt": today})


def is_accepted(prefix: str = "") -> Q:
    """Counted by statistics: numbered, neither withdrawn nor rejected (domain.md §8); `prefix` leads to the case."""
    return Q(**{f"{prefix}accepted_on__isnull": False}) & ~Q(**{f"{prefix}state__in": DROPPED_STATES})


def is_in_inbox(user: User) -> Q:
    """What waits for `user`'s own office: new and accepted cases of the delegation, escalated ones of the county."""
    own = Q(delegation_id__in=user.scope.where(Role.DELEGATION_OFFICE), state__in=[State.SUBMITTED, State.ACCEPTED])
    counties = user.scope.counties.get(Role.COUNTY_OFFICE, frozenset())
    return own | Q(county_id__in=counties, state=State.ESCALATED)


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def visible_to(self, user: User) -> Self:
        """Offices and leaders: their part of the county, once submitted; liaisons: their studios; representatives:
        their own; units: what is assigned to them now. Administrators and auditors: nothing."""
        scope = user.scope
        allowed = studio_scope(user)
        if scope.has(*OFFICES_AND_LEADERS):
            submitted = ~Q(state=State.DRAFT)
            allowed &= submitted | Q(studio_id__in=user.studios.values("pk")) if scope.has(Role.LIAISON) else submitted
        if scope.has(Role.REPRESENTATIVE):
            allowed |= Q(representative__user=user)
        if scope.has(Role.UNIT_HANDLER):
            assigned = self.model._default_manager.filter(
                assignments__unit_id__in=scope.where(Role.UNIT_HANDLER),
                assignments__status=AssignmentStatus.ACTIVE,
            )
            allowed |= Q(pk__in=assigned.values("pk"))
        return self.filter(allowed)

    def just_taken_from(self, user: User) -> Self:
        """Those whose last step took them from a unit of the user's: recalled, handed back, withdrawn.

        No road to the case: only for saying who did it to somebody whose page still shows it.
        """
        steps: Any = self.model._meta.get_field("transitions").related_model
        last = steps.objects.filter(suggestion=OuterRef("pk")).order_by("-id").values("verb")[:1]
        ended = self.model._default_manager.filter(
            assignments__unit_id__in=user.scope.where(Role.UNIT_HANDLER),
            assignments__status__in=[AssignmentStatus.RECALLED, AssignmentStatus.RETURNED],
        )
        return self.filter(pk__in=ended.values("pk")).alias(last_verb=Subquery(last)).filter(last_verb__in=TAKE_AWAY)

    def visible_with_parent(self, user: User) -> Self:
        """Also those merged into what the user sees: who handles a case reaches everybody who brought it."""
        seen = self.model._default_manager.visible_to(user).values("pk")
        return self.filter(Q(pk__in=seen) | Q(state=State.MERGED, parent__in=seen))

    def matching(self, text: str, user: User) -> Self:
        """Every word of `text` stands in number, title or content, or in a name `user` may see."""
        return self.filter(cases_holding(text, user))

    def in_state(self, *states: State) -> Self:
        return self.filter(state__in=states)

    def running(self) -> Self:
        """The handling clock is running."""
        return self.filter(state__in=HANDLING_STATES)

    def overdue(self, today: date) -> Self:
        return self.filter(is_overdue(today))

    def accepted(self) -> Self:
        """Counted by statistics: numbered, and neither withdrawn nor rejected (domain.md §8)."""
        return self.filter(is_accepted())

    def accepted_between(self, first: date, last: date) -> Self:
        return self.accepted().filter(accepted_on__range=(first, last))

    def promised(self) -> Self:
        """Closed, and what the unit, or one of several, promised has not come true yet."""
        return self.filter(PROMISED)

    def able_to_take_in(self, case: Suggestion) -> Self:
        """Those `case` may be merged into: of its county, accepted and not yet relayed."""
        return self.filter(county=case.county_id, state__in=TAKES_IN_STATES).exclude(pk=case.pk)

    def to_review_by(self, user: User) -> Self:
        """Answered, and `user`'s office reviews it: the county office, or the delegation where it assigned."""
        scope = user.scope
        of_county = Q(county_id__in=scope.counties.get(Role.COUNTY_OFFICE, frozenset()))
        of_town = Q(delegation_id__in=scope.where(Role.DELEGATION_OFFICE), assigned_level=Level.TOWN)
        return self.visible_to(user).in_state(State.REPLY_REVIEW).filter(of_county | of_town)

    def to_decide_by(self, user: User, *kinds: RequestKind) -> Self:
        """A unit has asked for something (of `kinds`, or anything), and `user`'s office assigned the case."""
        scope = user.scope
        of_county = Q(county_id__in=scope.counties.get(Role.COUNTY_OFFICE, frozenset()), assigned_level=Level.COUNTY)
        of_town = Q(delegation_id__in=scope.where(Role.DELEGATION_OFFICE), assigned_level=Level.TOWN)
        asked = Q(requests__state=RequestState.WAITING, requests__kind__in=kinds or RequestKind.values)
        return self.filter(of_county | of_town).filter(asked)

    def handed_back(self) -> Self:
        """A unit gave it back with the assigner's consent, and nobody has it since."""
        returned = Q(assignments__status=AssignmentStatus.RETURNED)
        return self.in_state(State.ACCEPTED, State.ESCALATED).filter(returned).distinct()

    def answered_by(self, unit_id: int, *, is_owed: bool = False) -> Self:
        """That unit answers them now, alone or with others; `is_owed`: and has not handed in its part yet."""
        assignments: Any = self.model._meta.get_field("assignments").related_model
        own = assignments.objects.answering().filter(unit_id=unit_id)
        return self.filter(pk__in=(own.owed() if is_owed else own).values("suggestion"))

    def to_sign_by(self, user: User) -> Self:
        """In handling, and `user`'s unit has not signed for it."""
        return self.filter(
            assignments__unit_id__in=user.scope.where(Role.UNIT_HANDLER),
            assignments__status=AssignmentStatus.ACTIVE,
            assignments__signed_at=None,
            state__in=HANDLING_STATES,
        )

    def owed_by(self, user: User, **conditions: object) -> Self:
        """In handling, and `user`'s unit has yet to answer, to hand in its part, or to countersign.

        `conditions` are those of its assignment: by when it is due.
        """
        assignments: Any = self.model._meta.get_field("assignments").related_model
        own = assignments.objects.owed().filter(unit_id__in=user.scope.where(Role.UNIT_HANDLER))
        owing = own.filter(suggestion__state__in=HANDLING_STATES, **conditions)
        return self.filter(pk__in=owing.values("suggestion"))

    def to_countersign_by(self, user: User) -> Self:
        """`user`'s unit helps, and its 会签 is awaited."""
        return self.filter(
            assignments__unit_id__in=user.scope.where(Role.UNIT_HANDLER),
            assignments__status=AssignmentStatus.ACTIVE,
            assignments__kind=AssignmentKind.CO,
            assignments__countersigned_at=None,
            assignments__waived_at=None,
            state__in=HANDLING_STATES,
        )

    def awaiting(self, user: User) -> Self:
        """Cases whose next step is `user`'s, in any of the roles held."""
        scope = user.scope
        counties = scope.counties.get(Role.COUNTY_OFFICE, frozenset())
        next_step = is_in_inbox(user)
        next_step |= Q(county_id__in=counties, pk__in=self.model._default_manager.closable(timezone.now()).values("pk"))
        next_step |= Q(pk__in=self.model._default_manager.to_review_by(user).values("pk"))
        next_step |= Q(pk__in=self.model._default_manager.to_decide_by(user).values("pk"))
        if scope.has(Role.UNIT_HANDLER):
            next_step |= Q(pk__in=self.model._default_manager.owed_by(user).values("pk"))
        if scope.has(Role.LIAISON):
            own = Q(studio_id__in=user.studios.values("pk"))
            unrated = Q(pk__in=self.model._default_manager.unrated_by(Evaluator.PETITIONER).values("pk"))
            next_step |= own & (Q(state__in=[State.DRAFT, State.RETURNED]) | unrated)
        if scope.has(Role.REPRESENTATIVE):
            asked = Q(state=State.HANDLING, consultations__opinion="", consultations__round=F("round"))
            unrated = Q(pk__in=self.model._default_manager.unrated_by(Evaluator.REPRESENTATIVE).values("pk"))
            mine = self.model._default_manager.filter(asked | unrated, representative__user=user)
            next_step |= Q(pk__in=mine.values("pk"))
        return self.visible_to(user).filter(next_step)

    def unsatisfied(self) -> Self:
        """Somebody is not satisfied with the current round: of the case itself, or of one merged into it."""
        return self.filter(self.is_unsatisfied())

    def is_unsatisfied(self) -> Q:
        """The same as a condition, for counting among others: both lists are short and are read by their indexes."""
        cases = self.model._default_manager.all()
        own, theirs = cases._rated(outcome=Rating.UNSATISFIED), cases._merged_rated(outcome=Rating.UNSATISFIED)
        rated = Q(pk__in=own.values("pk")) | Q(pk__in=theirs.values("parent"))
        return rated & Q(state=State.AWAIT_EVALUATION)  # both imply it; the database looks at these only

    def closable(self, now: datetime) -> Self:
        """Nobody is unsatisfied, and every expected evaluator has rated or the window is over at `now`."""
        cases, all_rated = self.model._default_manager.all(), Q()
        for evaluator in Evaluator:
            unrated = cases.unrated_by(evaluator)
            all_rated &= ~Q(pk__in=unrated.filter(state=State.AWAIT_EVALUATION).values("pk"))
            all_rated &= ~Q(pk__in=unrated.filter(state=State.MERGED).values("parent"))
        waiting = self.filter(state=State.AWAIT_EVALUATION)
        unhappy = cases.filter(state=State.AWAIT_EVALUATION).unsatisfied()
        return waiting.filter(Q(next_deadline_at__lte=now) | all_rated).exclude(pk__in=unhappy.values("pk"))

    def unrated_by(self, evaluator: Evaluator) -> Self:
        """Relayed, themselves or with the case they were merged into, and `evaluator` has yet to rate this round.

        An anonymous petitioner rates nothing; a representative rates once who also brought the case it was merged into.
        """
        rated = Q(pk__in=self._rated(evaluator=evaluator).values("pk"))
        rated |= Q(pk__in=self._merged_rated(evaluator=evaluator).values("pk"))
        merged = Q(pk__in=self._merged_waiting().values("pk"))
        if evaluator == Evaluator.PETITIONER:
            return self.filter(Q(state=State.AWAIT_EVALUATION) | merged, is_anonymous=False).exclude(rated)
        merged &= ~Q(parent__representative=F("representative"))
        return self.filter(Q(state=State.AWAIT_EVALUATION) | merged).exclude(rated)

    def _rated(self, **conditions: str) -> Self:
        """Those waiting for ratings whose current round has such a rating."""
        lookups = {f"evaluations__{name}": value for name, value in conditions.items()}
        return self.filter(state=State.AWAIT_EVALUATION, evaluations__round=F("round"), **lookups)

    def _merged_waiting(self) -> Self:
        """Merged into a case that waits for ratings; that there is one lets the database pass over all others."""
        return self.filter(state=State.MERGED, parent__isnull=False, parent__state=State.AWAIT_EVALUATION)

    def _merged_rated(self, **conditions: str) -> Self:
        lookups = {f"evaluations__{name}": value for name, value in conditions.items()}
        return self._merged_waiting().filter(evaluations__round=F("round"), **lookups)

    def with_standing(self) -> Self:
        """What `permissions.capacities` reads, in three queries for any number of rows."""
        return self.select_related("representative", "studio").prefetch_related("studio__liaisons", "assignments__unit")

    def with_addressees(self) -> Self:
        """Whom and what reminders name, in as many queries for one row as for a thousand."""
        return self.select_related("county", "unit", "representative__user", "studio").prefetch_related(
            *("studio__liaisons", "assignments__unit"),
            *("merged_cases__studio__liaisons", "merged_cases__representative__user"),
        )

    def with_sheet_related(self) -> Self:
        """What a line of an exported sheet holds; the long text stays in the database."""
        related = self.select_related("delegation", "representative").defer("content", "search_text")
        return related.prefetch_related(self._charges())

    def with_triage_related(self) -> Self:
        """What a row of the triage page shows and compares, the text included."""
        return self.select_related("delegation", "unit", "representative", "studio")

    def with_twin_related(self) -> Self:
        """What is compared of a case, and what names it, and nothing else."""
        return self.select_related("studio").only(*TWIN_FIELDS, "studio__village")

    def with_list_related(self) -> Self:
        """What a list row shows, and nothing else of the case or of those it names; of replies the parts of units."""
        replies: Any = self.model._meta.get_field("replies").related_model
        parts = Prefetch("replies", replies.objects.filter(assignment__isnull=False).defer("text"))
        rows = self.select_related("delegation", "representative").only(*LIST_FIELDS)
        return rows.prefetch_related(self._charges(), parts)

    def _charges(self) -> Prefetch[Any]:
        assignments: Any = self.model._meta.get_field("assignments").related_model
        return Prefetch("assignments", assignments.objects.select_related("unit"))


class CaseRowQuerySet(models.QuerySet[Row]):
    """Rows that belong to one suggestion and are visible exactly when it is."""

    def visible_to(self, user: User) -> Self:
        cases: Any = self.model._meta.get_field("suggestion").related_model
        return self.filter(suggestion__in=cases.objects.visible_to(user))
