"""Kinds and states of studios, equipment, checklists and holidays (domain.md §2, §4)."""

from django.db import models


class StudioKind(models.TextChoices):
    COUNTY = "COUNTY", "县党代表工作室"
    TOWN = "TOWN", "镇党代表工作室"
    PERSONAL = "PERSONAL", "党代表个人工作室"


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
