"""Kinds and states of studios; kinds of holidays (domain.md §2, §4)."""

from django.db import models


class StudioKind(models.TextChoices):
    COUNTY = "COUNTY", "县党代表工作室"
    TOWN = "TOWN", "镇党代表工作室"
    PERSONAL = "PERSONAL", "党代表个人工作室"


class StudioStatus(models.TextChoices):
    PREPARING = "PREPARING", "筹建"
    ACTIVE = "ACTIVE", "启用"
    CLOSED = "CLOSED", "撤销"


class HolidayKind(models.TextChoices):
    HOLIDAY = "HOLIDAY", "放假"
    MAKEUP_WORKDAY = "MAKEUP_WORKDAY", "调休上班"
