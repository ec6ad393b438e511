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


class AttendanceWay(models.TextChoices):
    """How it became known whether somebody was there."""

    BY_HAND = "BY_HAND", "联络员登记"
    BY_CODE = "BY_CODE", "扫码签到"
    BY_VISIT = "BY_VISIT", "接访记录"
    CORRECTED = "CORRECTED", "更正"
    COVERED = "COVERED", "临时代班"


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


class PhraseField(models.TextChoices):
    """Where a ready phrase is offered."""

    MATTER = "MATTER", "反映事项"
    ANSWER = "ANSWER", "答复情况"


ATTENDANCE_STRENGTH = (
    AttendanceStatus.PRESENT,
    AttendanceStatus.SUBSTITUTED,
    AttendanceStatus.LEAVE,
    AttendanceStatus.ABSENT,
    AttendanceStatus.EXPECTED,
    AttendanceStatus.VACANT,
)
"""Which of two entries for one person at one appointment says more, the strongest first."""

GAP_STATUSES = frozenset({AttendanceStatus.LEAVE, AttendanceStatus.VACANT})
"""Nobody keeps the seat, as long as no other row took it over."""

ON_SITE_OUTCOMES = frozenset({VisitOutcome.ANSWERED_ON_SITE, VisitOutcome.RESOLVED_ON_SITE})


class RosterStatus(models.TextChoices):
    DRAFT = "DRAFT", "草稿"
    PUBLISHED = "PUBLISHED", "已发布"
    ARCHIVED = "ARCHIVED", "已归档"


class HolidayTreatment(models.TextChoices):
    """What a roster does with a duty day inside a holiday; decided per roster, never silently."""

    SKIP = "SKIP", "跳过"
    MOVE = "MOVE", "移到邻近的日子"
    KEEP = "KEEP", "照常值班"


class LeaveStatus(models.TextChoices):
    REQUESTED = "REQUESTED", "待审批"
    APPROVED = "APPROVED", "已批准"
    REFUSED = "REFUSED", "未批准"
    WITHDRAWN = "WITHDRAWN", "已撤回"


class SwapState(models.TextChoices):
    REQUESTED = "REQUESTED", "待接替"
    ACCEPTED = "ACCEPTED", "待审批"
    DONE = "DONE", "已换班"
    DECLINED = "DECLINED", "对方不便"
    REFUSED = "REFUSED", "未批准"
    WITHDRAWN = "WITHDRAWN", "已撤回"


class SwapVerb(models.TextChoices):
    REQUEST = "request", "请求换班"
    ACCEPT = "accept", "接替"
    DECLINE = "decline", "婉拒"
    APPROVE = "approve", "批准"
    REFUSE = "refuse", "不批准"
    WITHDRAW = "withdraw", "撤回"
    UN_TAKE = "un_take", "退回接替"


class SwapCapacity(models.TextChoices):
    """What somebody is to one swap; a person may be several things at once."""

    OWNER = "OWNER", "值班本人"
    ASKED = "ASKED", "被邀请的党代表"
    COLLEAGUE = "COLLEAGUE", "本工作室其他党代表"
    TAKER = "TAKER", "接替人"
    LIAISON = "LIAISON", "工作室联络员"
    OFFICE = "OFFICE", "代表队办公室、党联办"


class QuestionKind(models.TextChoices):
    SINGLE = "SINGLE", "单选"
    MULTIPLE = "MULTIPLE", "多选"
    TEXT = "TEXT", "文字"


class QuestionnaireStatus(models.TextChoices):
    DRAFT = "DRAFT", "草稿"
    PUBLISHED = "PUBLISHED", "正在收集"
    CLOSED = "CLOSED", "已结束"


class FindingAdoption(models.TextChoices):
    OPEN = "OPEN", "待定"
    ADOPTED = "ADOPTED", "已采纳"
    PARTLY = "PARTLY", "部分采纳"
    NOT = "NOT", "未采纳"


class BookingChannel(models.TextChoices):
    WEB = "WEB", "网上"
    QR = "QR", "扫码"
    PHONE = "PHONE", "电话"
    WALK_IN = "WALK_IN", "当面"


class BookingState(models.TextChoices):
    REQUESTED = "REQUESTED", "待确认"
    ACCEPTED = "ACCEPTED", "已确认"
    DECLINED = "DECLINED", "已婉拒"
    CANCELLED = "CANCELLED", "已取消"
    KEPT = "KEPT", "已见面"
    MISSED = "MISSED", "未到"


OPEN_SWAP_STATES = frozenset({SwapState.REQUESTED, SwapState.ACCEPTED})
OPEN_BOOKING_STATES = frozenset({BookingState.REQUESTED, BookingState.ACCEPTED})
