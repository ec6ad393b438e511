"""催办, 督办 and 挂牌: their words, their lights, which one is next. Pure: rows, calendar and today are passed in."""

from datetime import date

from studios.calendar import OfficeCalendar
from studios.clocks import SHANGHAI, Light, running_light, stopped_light, words
from suggestions.deadlines import Rules
from suggestions.enums import HANDLING_STATES, Ruling, State, SupervisionKind
from suggestions.models import Suggestion, Supervision

LONGEST_DAYS = 90
YELLOW_DAYS = 1
TEXTS = {
    SupervisionKind.URGED: "请抓紧办理，并回复目前的进度和预计完成时间。",
    SupervisionKind.SUPERVISED: "请单位负责人过问，说明未按期答复的原因，并提出办结的时间和措施。",
    SupervisionKind.LISTED: "现予挂牌督办，请单位主要负责人牵头，限期办结并书面报告办理结果。",
}


def standard_text(kind: SupervisionKind, case: Suggestion) -> str:
    """What such a notice says if nobody writes it anew."""
    opening = f"你单位承办的{case.number}《{case.title}》"
    term = f"应于{words(case.due_on)}前答复。" if case.due_on else "尚未办结。"
    return f"{opening}{term}{TEXTS[kind]}"


def proposed_kind(case: Suggestion, rules: Rules, today: date, *, may_list: bool) -> SupervisionKind:
    """By how many days the case is late; a case ruled 挂牌督办 is listed."""
    late = (today - case.due_on).days if case.due_on else 0
    if may_list and (case.state == State.CLOSED or late >= rules.listed_from):
        return SupervisionKind.LISTED
    return SupervisionKind.SUPERVISED if late >= rules.supervised_from else SupervisionKind.URGED


def proposed_day(kind: SupervisionKind, rules: Rules, today: date, calendar: OfficeCalendar) -> date:
    """By when an answer is due if nobody names another day."""
    workdays = {
        SupervisionKind.URGED: rules.urged_reply_days,
        SupervisionKind.SUPERVISED: rules.supervised_reply_days,
        SupervisionKind.LISTED: rules.listed_reply_days,
    }
    return calendar.add_workdays(today, workdays[kind])


def obstacle_to_supervise(case: Suggestion, kind: SupervisionKind | None = None) -> str:
    """Why the case cannot be supervised (with `kind`) as it stands; "" if it can.

    While a unit handles it; one that was closed with the ruling 挂牌督办 can be listed.
    """
    if case.state in HANDLING_STATES:
        return ""
    if case.state != State.CLOSED or case.ruling != Ruling.LISTED:
        return "这件建议没有在办理，不用催办督办。"
    return "" if kind in {None, SupervisionKind.LISTED} else "这件建议已经裁定挂牌督办，只能发挂牌督办。"


def wrong_day(day: date, today: date, calendar: OfficeCalendar) -> str:
    """Why an answer cannot be asked for by `day`; "" if it can."""
    if day <= today:
        return f"回复日期要晚于今天（{_short(today)}）"
    if (day - today).days > LONGEST_DAYS:
        return f"回复日期最迟在 {LONGEST_DAYS} 天以内，请改早一些"
    if not calendar.is_workday(day):
        return f"{_short(day)}是休息日，请改为{_short(calendar.on_or_after(day))}"
    return ""


def notice_light(notice: Supervision, today: date) -> Light | None:
    """Burning while an answer is owed, grey once it came or is no longer owed, None where none was asked for."""
    if notice.replied_at is not None:
        replied_on = notice.replied_at.astimezone(SHANGHAI).date()
        if notice.reply_due_on is None:
            return Light("grey", "已回复")
        light = stopped_light(due_on=notice.reply_due_on, stopped_on=replied_on, verb="回复")
        return Light("grey", "按期回复") if light.text == "按期" else light
    if notice.reply_due_on is None:
        return None
    if not notice.is_owed:
        return Light("grey", "不再需要回复")
    return running_light(due_on=notice.reply_due_on, today=today, yellow_days=YELLOW_DAYS)


def _short(day: date) -> str:
    return f"{day.month}月{day.day}日（周{'一二三四五六日'[day.weekday()]}）"
