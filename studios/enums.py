"""Kinds and states of studios, equipment, checklists and holidays (domain.md §2, §4)."""

from datetime import time

from django.db import models

DUTY_STARTS, DUTY_ENDS = time(9), time(11, 30)
"""Of the source's Saturday mornings; a county may set its own (StudioStandard)."""


class Weekday(models.IntegerChoices):
    """As `date.weekday()` counts."""

    MONDAY = 0, "周一"
    TUESDAY = 1, "周二"
    WEDNESDAY = 2, "周三"
    THURSDAY = 3, "周四"
    FRIDAY = 4, "周五"
    SATURDAY = 5, "周六"
    SUNDAY = 6, "周日"


class StudioKind(models.TextChoices):
    COUNTY = "COUNTY", "县党代表工作室"
    TOWN = "TOWN", "镇党代表工作室"
    PERSONAL = "PERSONAL", "党代表个人工作室"

    @property
    def short(self) -> str:
        """县工作室, 镇工作室, 个人工作室: for columns and conditions, where every word costs width."""
        return str(self.label).replace("党代表", "")


class StudioStatus(models.TextChoices):
    PREPARING = "PREPARING", "筹建"
    ACTIVE = "ACTIVE", "启用"
    CLOSED = "CLOSED", "撤销"


class EquipmentCondition(models.TextChoices):
    GOOD = "GOOD", "完好"
    WORN = "WORN", "待修"
    BROKEN = "BROKEN", "损坏"


class ChecklistGroup(models.TextChoices):
    FIVE_ONES = "FIVE_ONES", "五个一"
    FOUR_UNITIES = "FOUR_UNITIES", "四统一"
    OWN = "OWN", "本县要求"


class CheckOutcome(models.TextChoices):
    PASS = "PASS", "达标"
    FAIL = "FAIL", "不达标"
    NOT_APPLICABLE = "NOT_APPLICABLE", "不适用"


class Compliance(models.TextChoices):
    """What a studio's last inspection says."""

    PASSING = "PASSING", "达标"
    FAILING = "FAILING", "不达标"
    UNCHECKED = "UNCHECKED", "未检查"


class HolidayKind(models.TextChoices):
    HOLIDAY = "HOLIDAY", "放假"
    MAKEUP_WORKDAY = "MAKEUP_WORKDAY", "调休上班"
