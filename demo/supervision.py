"""催办, 督办 and 挂牌 of the demonstration: what the ladder sent about overdue cases, answers, one listing lifted."""

from collections.abc import Iterator
from datetime import date, timedelta

from demo.county import County
from demo.meetings import at
from demo.writing import write
from studios.calendar import OfficeCalendar
from studios.clocks import ladder_day
from suggestions.deadlines import Rules, stage_kind
from suggestions.enums import Level, SupervisionKind
from suggestions.models import Suggestion, Supervision
from suggestions.notifications import deadline_version
from suggestions.supervising import proposed_day, standard_text

STAGES = (1, 3, 7)
SHOWN = 24
ANSWER = "已现场查看并备料，因连续阴雨推迟，预计本月底前完工。"
LIFTED = "已按要求说明原因并提出完成时间，转为日常跟踪。"


def write_supervision(county: County, today: date, calendar: OfficeCalendar) -> None:
    """The stages behind the overdue cases of `county`; every fourth was also urged by hand."""
    overdue = Suggestion.objects.filter(county=county.root).overdue(today)
    cases = overdue.select_related("unit").prefetch_related("assignments").order_by("due_on", "pk")[:SHOWN]
    write(row for place, case in enumerate(cases) for row in _notices(county, place, case, today, calendar))


def _notices(
    county: County, place: int, case: Suggestion, today: date, calendar: OfficeCalendar
) -> Iterator[Supervision]:
    assert case.due_on is not None  # overdue
    for offset in STAGES:
        day, kind = ladder_day(case.due_on, offset, calendar), stage_kind(offset, Rules())
        if kind is None or day >= today:
            continue
        row = _notice(case, kind, day, calendar)
        row.occurrence = f"{deadline_version(case)}+{offset}"
        if kind == SupervisionKind.URGED:
            row.reply_due_on = None
        elif place % 3 == 0:
            _answer(row, county, day, today)
        if kind == SupervisionKind.LISTED and place == 0:
            row.lifted_at, row.lifted_by, row.lift_reason = at(today, 8, 40), county.county_office, LIFTED
        yield row
    if place % 4 == 1:
        row = _notice(case, SupervisionKind.URGED, calendar.on_or_before(today - timedelta(days=1)), calendar)
        is_town = case.assigned_level == Level.TOWN
        row.issued_by = county.offices[case.delegation_id] if is_town else county.county_office
        yield row


def _notice(case: Suggestion, kind: SupervisionKind, day: date, calendar: OfficeCalendar) -> Supervision:
    assert case.unit is not None  # overdue
    return Supervision(
        suggestion=case,
        kind=kind,
        unit=case.unit,
        text=standard_text(kind, case),
        issued_at=at(day, 8),
        reply_due_on=proposed_day(kind, Rules(), day, calendar),
    )


def _answer(row: Supervision, county: County, day: date, today: date) -> None:
    row.reply_text, row.replied_by = ANSWER, county.handlers[row.unit_id]
    row.replied_at = at(min(day + timedelta(days=2), today), 8, 20)
