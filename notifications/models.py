"""Reminder rows (the queue) and the messages delivered to inboxes."""

import uuid

from django.db import models
from django.db.models import Q

from accounts.enums import Role
from accounts.models import Organization, User
from notifications.enums import WAITING_STATES, Channel, ReminderState
from notifications.querysets import MessageQuerySet, ReminderQuerySet


class Reminder(models.Model):
    """One thing to tell one addressee at one time; the unique key makes it exist once.

    The addressee is a user, or whoever holds `recipient_role` in `recipient_organization` when it is sent.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("类型", max_length=40)
    subject = models.CharField("对象", max_length=60, help_text="通用键，如 suggestion:42")
    occurrence = models.CharField("期次", max_length=60)
    offset = models.SmallIntegerField("偏移", default=0, help_text="相对期限的天数")
    channel = models.CharField("渠道", max_length=10, choices=Channel, default=Channel.INBOX)
    recipient = models.CharField("接收方", max_length=60, help_text="user:5 或 UNIT_HANDLER:12")
    title = models.CharField("标题", max_length=120)
    body = models.CharField("内容", max_length=500, blank=True)
    url = models.CharField("链接", max_length=200, blank=True)
    due_at = models.DateTimeField("应发时间")
    expires_at = models.DateTimeField("失效时间")
    state = models.CharField("状态", max_length=10, choices=ReminderState, default=ReminderState.PENDING)
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    next_attempt_at = models.DateTimeField("下次尝试", null=True, blank=True)
    lease_token = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField("发出时间", null=True, blank=True)
    last_error = models.CharField("说明", max_length=200, blank=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = "提醒"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject", "occurrence", "recipient", "channel", "offset"],
                name="notifications_reminder_once",
                violation_error_message="这条提醒已经存在。",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="notifications_reminder_waiting",
                condition=Q(state__in=sorted(WAITING_STATES)),
            ),
            models.Index(fields=["subject", "kind"], name="notifications_reminder_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.title} → {self.recipient}"

    @property
    def subject_key(self) -> int:
        """What its subject names: the key of the row it is about, or a year."""
        return int(self.subject.split(":")[1])


class Message(models.Model):
    """One message in one user's inbox."""

    user = models.ForeignKey(User, models.CASCADE, related_name="messages")
    reminder = models.ForeignKey(Reminder, models.PROTECT, null=True, blank=True, related_name="messages")
    title = models.CharField("标题", max_length=120)
    body = models.CharField("内容", max_length=500, blank=True)
    url = models.CharField("链接", max_length=200, blank=True)
    created_at = models.DateTimeField("时间")
    read_at = models.DateTimeField("已读时间", null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = "消息"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "reminder"], name="notifications_message_once"),
        ]
        indexes = [
            models.Index(fields=["user"], name="notifications_message_unread", condition=Q(read_at=None)),
        ]

    def __str__(self) -> str:
        return self.title


def user_address(user: User) -> str:
    """The recipient key of one user."""
    return f"user:{user.pk}"


def role_address(role: Role, organization: Organization) -> str:
    """The recipient key of whoever holds `role` in `organization` when the reminder is sent."""
    return f"{role}:{organization.pk}"
