"""What goes into the sheets of attendance: the list or the rates, exactly as they stand on screen."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from django.http import QueryDict
from django.utils import timezone

from appointments.lists import Register
from appointments.models import Attendance
from appointments.querysets import AttendanceQuerySet
from appointments.turnouts import Line, delegation_lines, people_expected, person_lines
from sheets.writer import Cell, listing

SEAT_HEADS = (
    ("党代表", 12),
    ("日期", 12),
    ("到岗情况", 12),
    ("签到时间", 18),
    ("约见方式", 12),
    ("地点", 32),
    ("代表队", 16),
)
RATE_HEADS = (("应到", 10), ("请假", 10), ("到岗", 10), ("未登记", 10), ("到岗率", 12), ("约见参与率", 12))
NOTE = "到岗率＝到岗÷（应到－请假）；约见参与率＝到岗÷应到；未登记到岗的计入应到、不计入到岗；“—”表示没有可以计算的基数"
HUNDRED = Decimal(100)


def attendance_sheet(
    found: Register, basis: AttendanceQuerySet, query: QueryDict, terms: list[tuple[str, str]]
) -> bytes:
    """The view of the list that `found` was asked for (`by`)."""
    by, today = found.form.cleaned_data.get("by"), timezone.localdate()
    said = [*terms, ("说明", NOTE)]
    if by == "delegation":
        heads = (("代表队", 16), *RATE_HEADS)
        return listing(heads, _rates(delegation_lines(basis, query, today), with_sub=False), said)
    if by == "representative":
        people = list(people_expected(basis, today).order_by("certificate_no", "id"))
        lines = person_lines(basis, people, query, today)
        return listing((("党代表", 12), ("代表队", 16), *RATE_HEADS), _rates(lines, with_sub=True), said)
    related = ("appointment__studio", "appointment__delegation", "representative")
    rows = found.rows.select_related(*related).order_by("-id")
    return listing(SEAT_HEADS, _seats(rows.iterator(chunk_size=2000)), said)


def count_of(found: Register, basis: AttendanceQuerySet) -> int:
    """How many rows the sheet will have, about: above a limit it wants a reason."""
    by = found.form.cleaned_data.get("by")
    if by == "representative":
        return people_expected(basis, timezone.localdate()).count()
    return 0 if by else int(found.rows.count())


def _rates(lines: Iterable[Line], *, with_sub: bool) -> Iterator[tuple[Cell, ...]]:
    for line in lines:
        turnout = line.turnout
        counts = (turnout.expected, turnout.excused, turnout.present, turnout.unconfirmed)
        rates = (_fraction(turnout.presence_rate), _fraction(turnout.participation_rate))
        yield (line.name, *([line.sub] if with_sub else []), *counts, *rates)


def _fraction(rate: Decimal | None) -> Cell:
    return "—" if rate is None else rate / HUNDRED


def _seats(seats: Iterable[Attendance]) -> Iterator[tuple[str | date, ...]]:
    for seat in seats:
        at = timezone.localtime(seat.checked_in_at) if seat.checked_in_at else None
        meeting = seat.appointment
        yield (
            seat.representative.name,
            meeting.held_on,
            seat.get_status_display(),
            f"{at:%Y-%m-%d %H:%M}" if at and seat.status == "PRESENT" else "",
            meeting.get_kind_display(),
            meeting.where,
            meeting.delegation.short_name,
        )
