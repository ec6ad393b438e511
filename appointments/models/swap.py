"""Changing seats among representatives (换班), and the calendar each may subscribe to (domain.md §5)."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from appointments.enums import OPEN_SWAP_STATES, SwapState
from appointments.models.gathering import Attendance
from appointments.querysets import PersonalQuerySet, SwapQuerySet
from representatives.models import Representative


class Swap(models.Model):
    """A seat somebody wants to give away: to one colleague they name, or to whoever of the studio takes it first.

    With `in_return` two seats change hands, without it the colleague covers for nothing.
    """

    seat = models.ForeignKey(Attendance, models.PROTECT, related_name="swaps", verbose_name="席位")
    asked = models.ForeignKey(
        Representative, models.PROTECT, null=True, blank=True, related_name="swaps_asked", verbose_name="请谁接替"
    )
    taker = models.ForeignKey(
        Representative, models.PROTECT, null=True, blank=True, related_name="swaps_taken", verbose_name="接替人"
    )
    in_return = models.ForeignKey(
        Attendance, models.PROTECT, null=True, blank=True, related_name="swaps_in_return", verbose_name="换回的席位"
    )
    state = models.CharField("状态", max_length=10, choices=SwapState, default=SwapState.REQUESTED)
    reason = models.CharField("原因", max_length=200)
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="申请人")
    requested_at = models.DateTimeField("申请时间")
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="答复人"
    )
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审批人")
    decided_at = models.DateTimeField("审批时间", null=True, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)

    objects = SwapQuerySet.as_manager()

    class Meta:
        verbose_name = "换班"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["seat"],
                condition=Q(state__in=sorted(OPEN_SWAP_STATES)),
                name="appointments_swap_one_open",
                violation_error_message="这次值班已有一个换班申请在办。",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[SwapState.ACCEPTED, SwapState.DONE]) | Q(taker__isnull=False),
                name="appointments_swap_taken_by_somebody",
                violation_error_message="要先有人接替。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat} {self.get_state_display()}"

    def get_absolute_url(self) -> str:
        return reverse("appointments:swap_detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_SWAP_STATES

    @property
    def was_answered_on_behalf(self) -> bool:
        """Somebody else wrote down what the colleague said."""
        person = self.taker or self.asked
        return self.answered_by_id is not None and person is not None and person.user_id != self.answered_by_id


class FeedToken(models.Model):
    """The secret part of a representative's calendar address; only its hash is kept. A new one voids the old."""

    representative = models.OneToOneField(Representative, models.CASCADE, related_name="feed_token")
    token_hash = models.CharField("令牌摘要", max_length=64, unique=True)
    created_at = models.DateTimeField("生成时间")
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="生成人")
    revoked_at = models.DateTimeField("停用时间", null=True, blank=True)

    objects = PersonalQuerySet["FeedToken"].as_manager()

    class Meta:
        verbose_name = "日历订阅"

    def __str__(self) -> str:
        return f"{self.representative} {self.created_at:%Y-%m-%d}"
