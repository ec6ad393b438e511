"""Which rosters, leaves, swaps and rows about one representative a user may see."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models
from django.db.models import Q

from accounts.enums import Role
from appointments.enums import (
    OPEN_SWAP_STATES,
    AppointmentStatus,
    AttendanceStatus,
    LeaveStatus,
    RosterStatus,
    SwapState,
)
from studios.models import Studio
from studios.querysets import studio_scope

if TYPE_CHECKING:
    from accounts.models import Organization, User
    from appointments.models import DutyPolicy, Leave, Roster, Swap

Row = TypeVar("Row", bound=models.Model)


def personal_scope(user: User, prefix: str = "representative__") -> Q:
    """Rows about one representative: their own, their studios' liaisons', their delegation office's, the county's.

    `prefix` is the path to the representative.
    """
    scope = user.scope
    allowed = Q(**{f"{prefix}county_id__in": scope.reads_county_ids})
    if scope.has(Role.DELEGATION_OFFICE):
        allowed |= Q(**{f"{prefix}delegation_id__in": scope.where(Role.DELEGATION_OFFICE)})
    if scope.has(Role.LIAISON):
        people = Studio.objects.filter(liaisons=user).values("representatives")
        allowed |= Q(**{f"{prefix}pk__in": people})
    if scope.has(Role.REPRESENTATIVE):
        allowed |= Q(**{f"{prefix}user": user})
    return allowed


class PersonalQuerySet(models.QuerySet[Row]):
    """Rows that belong to one representative."""

    def visible_to(self, user: User) -> Self:
        return self.filter(personal_scope(user))


class RosterQuerySet(models.QuerySet["Roster"]):
    def visible_to(self, user: User) -> Self:
        """What is published, everybody of the county; drafts, the delegation's office and who reads the county."""
        scope = user.scope
        drafts = Q(county_id__in=scope.reads_county_ids)
        drafts |= Q(delegation_id__in=scope.where(Role.DELEGATION_OFFICE))
        return self.filter(drafts | Q(county_id__in=scope.county_ids) & ~Q(status=RosterStatus.DRAFT))

    def covering(self, first: date, last: date) -> Self:
        """Rosters in force or drafted that share a day with `first` to `last`, both included."""
        return self.exclude(status=RosterStatus.ARCHIVED).filter(first_on__lte=last, last_on__gte=first)


class LeaveQuerySet(PersonalQuerySet["Leave"]):
    def approved(self) -> Self:
        return self.filter(status=LeaveStatus.APPROVED)

    def covering(self, first: date, last: date) -> Self:
        """Those that share a day with `first` to `last`, both included."""
        return self.filter(first_on__lte=last, last_on__gte=first)


class SwapQuerySet(models.QuerySet["Swap"]):
    def visible_to(self, user: User) -> Self:
        """The studio's liaisons, its offices, and of the representatives those concerned or free to take it."""
        allowed = studio_scope(user, "seat__appointment__")
        if user.scope.has(Role.REPRESENTATIVE):
            allowed |= Q(seat__representative__user=user) | Q(asked__user=user) | Q(taker__user=user)
            colleagues = Studio.objects.filter(representatives__user=user)
            allowed |= Q(asked=None, seat__appointment__studio__in=colleagues)
        return self.filter(allowed)

    def open(self) -> Self:
        return self.filter(state__in=OPEN_SWAP_STATES)

    def pending(self, today: date) -> Self:
        """Open, and the seat is still there to be given: a swap whose seat changed otherwise, or is over, rests."""
        coming = Q(seat__appointment__status=AppointmentStatus.PLANNED, seat__appointment__held_on__gte=today)
        return self.open().filter(coming, seat__status=AttendanceStatus.EXPECTED)

    def offered_to(self, user: User, today: date) -> Self:
        """Pending swaps `user` may take: those that name them, and those open to the colleagues of the studio."""
        studios = Studio.objects.filter(representatives__user=user)
        free = Q(asked=None, seat__appointment__studio__in=studios) & ~Q(seat__representative__user=user)
        return self.pending(today).filter(Q(asked__user=user) | free, state=SwapState.REQUESTED)

    def with_list_related(self) -> Self:
        """What a line about a swap names."""
        seats = ("seat__appointment__studio", "seat__representative", "in_return__appointment__studio")
        return self.select_related(*seats, "asked", "taker", "requested_by", "answered_by", "decided_by")
