"""Which rows of one appointment or county, and which bookings, a user may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce

from accounts.enums import Role
from appointments.enums import (
    OPEN_BOOKING_STATES,
)
from studios.querysets import studio_scope

if TYPE_CHECKING:
    from accounts.models import User
    from appointments.models import Booking, Finding, Question, Questionnaire

Row = TypeVar("Row", bound=models.Model)


class CountyRowQuerySet(models.QuerySet[Row]):
    """Rows everybody of the county may read."""

    def visible_to(self, user: User) -> Self:
        return self.filter(county_id__in=user.scope.county_ids)


class EventRowQuerySet(models.QuerySet[Row]):
    """Rows of one appointment, visible exactly when it is."""

    def visible_to(self, user: User) -> Self:
        appointments: Any = self.model._meta.get_field("appointment").related_model
        return self.filter(appointment__in=appointments.objects.visible_to(user))


class QuestionnaireQuerySet(EventRowQuerySet["Questionnaire"]):
    def with_response_count(self) -> Self:
        """Annotate `answered`: how many responses came in."""
        return self.annotate(answered=Count("responses"))


class QuestionQuerySet(models.QuerySet["Question"]):
    def visible_to(self, user: User) -> Self:
        """Visible exactly when the questionnaire's appointment is."""
        questionnaires: Any = self.model._meta.get_field("questionnaire").related_model
        return self.filter(questionnaire__in=questionnaires.objects.visible_to(user))


class FindingQuerySet(EventRowQuerySet["Finding"]):
    def with_adoption(self) -> Self:
        """Annotate `adopted` and `adopted_where`: 采纳 has one home.

        What the reply to its case says, where the finding became a case that was answered (the last reply that was
        not returned); else what was noted on the finding itself.
        """
        cases: Any = self.model._meta.get_field("suggestion").related_model
        replies: Any = cases._meta.get_field("replies").related_model
        standing = replies.objects.exclude(status="RETURNED").filter(suggestion__finding=OuterRef("pk")).order_by("-pk")
        said = Subquery(standing.values("adoption")[:1])
        return self.annotate(
            adopted=Coalesce(said, F("adoption"), output_field=models.CharField()),
            adopted_where=Case(
                When(Exists(standing), then=Subquery(standing.values("adopted_where")[:1])), default=F("adopted_in")
            ),
        )


class BookingQuerySet(models.QuerySet["Booking"]):
    def visible_to(self, user: User) -> Self:
        """Bookings of the studios the user runs or reads; representatives see those that name them."""
        allowed = studio_scope(user)
        if user.scope.has(Role.REPRESENTATIVE):
            allowed |= Q(representative__user=user)
        return self.filter(allowed)

    def open(self) -> Self:
        return self.filter(state__in=OPEN_BOOKING_STATES)
