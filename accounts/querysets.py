"""Which rows of accounts a user may see."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self, TypeVar

from django.contrib.auth.models import UserManager as BaseUserManager
from django.db import models
from django.db.models import Q

from accounts.enums import OFFICE_ROLES, ImportState, OrganizationKind, Role

if TYPE_CHECKING:
    from datetime import datetime

    from accounts.models import AuditEntry, ImportRun, Membership, Organization, User

Row = TypeVar("Row", bound=models.Model)


class OrganizationQuerySet(models.QuerySet["Organization"]):
    def visible_to(self, user: User) -> Self:
        """Organisations of every county the user has a role in: names and phones, no secrets."""
        return self.filter(county_id__in=user.scope.county_ids)

    def active(self) -> Self:
        return self.filter(is_active=True)

    def counties(self) -> Self:
        return self.filter(kind=OrganizationKind.COUNTY)

    def county_named(self, name: str) -> Organization | None:
        """The county whose name begins with `name` or whose short name it is, for operators' commands."""
        return self.counties().filter(Q(name__startswith=name) | Q(short_name=name)).first()

    def delegations(self) -> Self:
        return self.filter(kind=OrganizationKind.DELEGATION)

    def registered_by(self, user: User) -> Self:
        """Delegations whose studios and representatives `user` registers: all of a county office's county, a
        delegation office's own."""
        counties = user.scope.counties.get(Role.COUNTY_OFFICE, frozenset())
        own = Q(county_id__in=counties) | Q(pk__in=user.scope.where(Role.DELEGATION_OFFICE))
        return self.visible_to(user).delegations().filter(own)

    def units(self) -> Self:
        return self.filter(kind=OrganizationKind.UNIT)

    def county_ids_below(self, organization_id: int) -> Iterable[int]:
        """Ids of the counties under a city or a province."""
        below = Q(parent_id=organization_id) | Q(parent__parent_id=organization_id)
        return self.counties().filter(below).values_list("id", flat=True)


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: User) -> Self:
        """System administrators see the accounts of their counties; everybody sees themselves."""
        counties = user.scope.counties.get(Role.SYSTEM_ADMIN, frozenset())
        administered = self.model._default_manager.filter(memberships__organization__county_id__in=counties)
        return self.filter(Q(pk=user.pk) | Q(pk__in=administered.values("pk")))

    def holding(self, role: str, organization_id: int) -> Self:
        """Active users with `role` in that organisation."""
        return self.filter(is_active=True, memberships__role=role, memberships__organization_id=organization_id)


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Django's creation methods with our scoped queryset."""


class MembershipQuerySet(models.QuerySet["Membership"]):
    def visible_to(self, user: User) -> Self:
        counties = user.scope.counties.get(Role.SYSTEM_ADMIN, frozenset())
        return self.filter(Q(user=user) | Q(organization__county_id__in=counties))


class AuditEntryQuerySet(models.QuerySet["AuditEntry"]):
    def visible_to(self, user: User) -> Self:
        """Only auditors read the log, and only of their counties (and what belongs to none)."""
        if not user.scope.has(Role.AUDITOR):
            return self.none()
        return self.filter(Q(county_id__in=user.scope.counties[Role.AUDITOR]) | Q(county=None))


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def visible_to(self, user: User) -> Self:
        """One's own, while the role is held; county offices also those of delegations, administrators each other's."""
        scope = user.scope
        offices = Q(role__in=OFFICE_ROLES, county_id__in=scope.counties.get(Role.COUNTY_OFFICE, ()))
        admins = Q(role=Role.SYSTEM_ADMIN, county_id__in=scope.counties.get(Role.SYSTEM_ADMIN, ()))
        return self.filter(Q(actor=user, role__in=scope.roles, county_id__in=scope.county_ids) | offices | admins)

    def outdated(self, moment: datetime) -> Self:
        """Uploaded before `moment` and still with their files."""
        return self.filter(at__lt=moment).exclude(file="")

    def mendable(self, user: User, kind: str) -> Self:
        """The user's own sheets of that kind that wait for refused rows to be corrected."""
        mine = self.filter(actor=user, kind=kind, state=ImportState.PREVIEWED, refused__gt=0)
        return mine.exclude(file="")


class OwnQuerySet(models.QuerySet[Row]):
    """What each person settles for themselves; nobody else sees it."""

    def visible_to(self, user: User) -> Self:
        return self.filter(user=user)
