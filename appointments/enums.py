"""Kinds of appointments, attendance, and how people are received (domain.md §5)."""

from django.db import models


class AppointmentKind(models.TextChoices):
    REGULAR = "REGULAR", "常规约见"
    THEMED = "THEMED", "主题约见"
    COLLECTIVE = "COLLECTIVE", "集中约见"
    DESIGNATED = "DESIGNATED", "指定约见"


class AppointmentStatus(models.TextChoices):
    PLANNED = "PLANNED", "已安排"
    HELD = "HELD", "已举行"
    CANCELLED = "CANCELLED", "已取消"


class AttendanceStatus(models.TextChoices):
    EXPECTED = "EXPECTED", "应到"
    PRESENT = "PRESENT", "到岗"
    LEAVE = "LEAVE", "请假"
    SUBSTITUTED = "SUBSTITUTED", "换班"
    ABSENT = "ABSENT", "缺勤"
    VACANT = "VACANT", "空缺"


class VisitMethod(models.TextChoices):
    WALK_IN = "WALK_IN", "来室"
    PHONE = "PHONE", "来电"
    LETTER = "LETTER", "来信"
    QR = "QR", "扫码"
    HOME_VISIT = "HOME_VISIT", "走访"


class VisitOutcome(models.TextChoices):
    ANSWERED_ON_SITE = "ANSWERED_ON_SITE", "当场答复"
    RESOLVED_ON_SITE = "RESOLVED_ON_SITE", "当场解决"
    TO_SUGGESTION = "TO_SUGGESTION", "转为建议"
    REFERRED = "REFERRED", "引导信访等"


class Category(models.TextChoices):
    """What a matter is about; shared by visits and suggestions."""

    ROADS = "ROADS", "道路交通"
    HOUSING = "HOUSING", "住房城建"
    WATER = "WATER", "水利农业"
    ENVIRONMENT = "ENVIRONMENT", "环境保护"
    EDUCATION = "EDUCATION", "教育文体"
    HEALTH = "HEALTH", "医疗卫生"
    WELFARE = "WELFARE", "民政社保"
    EMPLOYMENT = "EMPLOYMENT", "就业创业"
    SAFETY = "SAFETY", "社会治安"
    PARTY = "PARTY", "党的建设"
    OTHER = "OTHER", "其他"


ATTENDANCE_STRENGTH = (
    AttendanceStatus.PRESENT,
    AttendanceStatus.SUBSTITUTED,
    AttendanceStatus.LEAVE,
    AttendanceStatus.ABSENT,
    AttendanceStatus.EXPECTED,
    AttendanceStatus.VACANT,
)
"""Which of two entries for one person at one appointment says more, the strongest first."""

ON_SITE_OUTCOMES = frozenset({VisitOutcome.ANSWERED_ON_SITE, VisitOutcome.RESOLVED_ON_SITE})


class HolidayTreatment(models.TextChoices):
    """What a roster does with a duty day that falls on a holiday; decided for each roster, never silently."""

    SKIP = "SKIP", "不安排"
    MOVE = "MOVE", "改期"
    KEEP = "KEEP", "照常"
