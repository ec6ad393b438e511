"""Exports of what happens in studios: visits, appointments, attendance, bookings. Visitors are masked."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch
from django.http import QueryDict
from django.utils import timezone

from accounts.conditions import conditions_of
from accounts.masking import mask_name, mask_phone
from accounts.models import User
from appointments.booking_lists import view_named
from appointments.lists import appointments as listed_appointments
from appointments.lists import attendance_basis, attendances, visits
from appointments.models import Appointment, Attendance, Booking, Visit
from appointments.permissions import can_export_attendance, can_export_visits, can_read_bookings
from appointments.turnouts import Line, delegation_lines, people_expected, person_lines
from reports.listings.definition import Export, Found, each
from sheets.cells import Cell

VISIT_HEADS = (
    *(("反映事项", 40), ("日期", 12), ("处理", 14), ("类别", 12), ("党代表", 10), ("工作室", 26), ("人数", 8)),
    *(("答复情况", 40), ("来访方式", 10), ("来访人", 10), ("联系电话", 14), ("党员", 8), ("登记人", 12)),
)
"""Those of the page first, in its order."""
MEETING_HEADS = (
    *(("约见方式", 12), ("主题", 30), ("地点", 30), ("日期", 12), ("状态", 10), ("代表队", 16)),
    *(("党代表", 40), ("现场人次", 10)),
)
SEAT_HEADS = (
    *(("党代表", 12), ("日期", 12), ("到岗情况", 12), ("签到时间", 18), ("约见方式", 12), ("地点", 32)),
    ("代表队", 16),
)
RATE_HEADS = (("应到", 10), ("请假", 10), ("到岗", 10), ("未登记", 10), ("到岗率", 12), ("约见参与率", 12))
BOOKING_HEADS = (
    *(("日期", 12), ("时间", 14), ("党代表", 12), ("来访人", 10), ("联系电话", 14), ("状态", 10)),
    ("工作室", 28),
)
RATE_NOTE = (
    "到岗率＝到岗÷（应到－请假）；约见参与率＝到岗÷应到；未登记到岗的计入应到、不计入到岗；“—”表示没有可以计算的基数"
)
MASKED = ("说明", "来访人姓名和电话已遮盖")
HUNDRED = Decimal(100)


def visit_rows(user: User, query: QueryDict) -> Found:
    """The register of visits."""
    found = visits(user, query)
    rows = found.rows.select_related("studio", "representative", "recorded_by")
    terms = [*conditions_of(found.form, {"measure"}), MASKED]
    return Found(found.label, VISIT_HEADS, rows, ("-received_on",), each(_visit), terms)


def _visit(visit: Visit) -> Sequence[Cell]:
    return (
        visit.matter,
        visit.received_on,
        visit.get_outcome_display(),
        visit.get_category_display(),
        visit.representative.name,
        visit.studio.name,
        visit.people,
        visit.answer,
        visit.get_method_display(),
        mask_name(visit.visitor_name),
        mask_phone(visit.visitor_phone),
        "是" if visit.is_party_member else "",
        visit.recorded_by.name,
    )


def meetings(user: User, query: QueryDict) -> Found:
    """The list of appointments."""
    found = listed_appointments(user, query)
    seats = Attendance.objects.select_related("representative").gaps_first()
    related = Prefetch("attendances", queryset=seats, to_attr="seats")
    rows = found.rows.select_related("studio", "delegation").prefetch_related(related)
    terms = conditions_of(found.form, {"measure"})
    return Found(found.label, MEETING_HEADS, rows, ("-held_on",), each(_meeting), terms)


def _meeting(row: Appointment) -> Sequence[Cell]:
    seats: list[Attendance] = row.seats  # type: ignore[attr-defined]  # prefetched above
    return (
        row.get_kind_display(),
        row.theme,
        row.where,
        row.held_on,
        row.get_status_display(),
        row.delegation.short_name,
        "、".join(map(_sitting, seats)),
        row.headcount,
    )


def _sitting(seat: Attendance) -> str:
    """Who sits there, or that nobody does any more."""
    return f"空缺（原 {seat.representative.name}）" if seat.is_vacant else seat.representative.name


def attendance(user: User, query: QueryDict) -> Found:
    """The seats, or the rates of delegations or representatives."""
    found, today = attendances(user, query), timezone.localdate()
    basis, by = attendance_basis(user, found), found.form.cleaned_data.get("by")
    terms = [*conditions_of(found.form, {"measure", "person", "by"}), ("说明", RATE_NOTE)]
    if by == "delegation":
        lines = delegation_lines(basis, query, today)
        return Found(found.label, (("代表队", 16), *RATE_HEADS), lines, (), each(_rates), terms)
    if by == "representative":
        heads = (("党代表", 12), ("代表队", 16), *RATE_HEADS)

        def lines_of(people: list[Any]) -> list[Sequence[Cell]]:
            return [(line.name, line.sub, *_rates(line)[1:]) for line in person_lines(basis, people, query, today)]

        return Found(found.label, heads, people_expected(basis, today), ("certificate_no",), lines_of, terms)
    rows = found.rows.select_related("appointment__studio", "appointment__delegation", "representative")
    return Found(found.label, SEAT_HEADS, rows, ("-id",), each(_seat), terms)


def _rates(line: Line) -> Sequence[Cell]:
    turnout = line.turnout
    counts = (turnout.expected, turnout.excused, turnout.present, turnout.unconfirmed)
    return (line.name, *counts, _fraction(turnout.presence_rate), _fraction(turnout.participation_rate))


def _fraction(rate: Decimal | None) -> Cell:
    return "—" if rate is None else rate / HUNDRED


def _seat(seat: Attendance) -> Sequence[Cell]:
    meeting = seat.appointment
    return (
        _sitting(seat),
        meeting.held_on,
        seat.get_status_display(),
        seat.checked_in_at if seat.status == "PRESENT" else None,
        meeting.get_kind_display(),
        meeting.where,
        meeting.delegation.short_name,
    )


def bookings(user: User, query: QueryDict) -> Found:
    """The list of bookings."""
    view = view_named(query.get("view", ""))
    rows = Booking.objects.visible_to(user).filter(state__in=view.states).select_related("studio", "representative")
    return Found(view.label, BOOKING_HEADS, rows, (view.order,), each(_booking), [MASKED])


def _booking(row: Booking) -> Sequence[Cell]:
    return (
        row.wanted_on,
        f"{row.starts_at:%H:%M}—{row.ends_at:%H:%M}",
        row.representative.name,
        mask_name(row.visitor_name),
        mask_phone(row.visitor_phone),
        row.get_state_display(),
        str(row.studio),
    )


OFFICES_ONLY = "导出供领导、党联办和代表队办公室使用。"
WITH_LIAISONS = "导出供工作室联络员、代表队办公室、党联办和领导使用。"
EXPORTS = (
    Export(
        "visits", "接访登记簿", "条接访记录", "appointments:visit_list", can_export_visits, WITH_LIAISONS, visit_rows
    ),
    Export("appointments", "约见", "场约见", "appointments:list", can_export_attendance, OFFICES_ONLY, meetings),
    Export(
        "attendances", "到岗情况", "行到岗情况", "appointments:attendance_list", can_export_attendance, OFFICES_ONLY,
        attendance,
    ),
    Export(
        "bookings", "指定约见", "次约见", "appointments:booking_list", can_read_bookings, WITH_LIAISONS, bookings
    ),
)  # fmt: skip
