"""What the dossier of a representative says about duties, appointments and visits; never who came."""

from collections import Counter
from datetime import date

from appointments.enums import AppointmentKind, AppointmentStatus, AttendanceStatus, Category, VisitOutcome
from appointments.models import Attendance, Visit
from appointments.querysets import AttendanceQuerySet
from representatives.dossier import Chapter, Column, Contents, register
from representatives.models import Representative


def duties(person: Representative, first: date, last: date) -> Contents:
    """值班: every regular duty that was not cancelled, and whether the person came."""
    seats = list(_seats(person, first, last).of_kind(AppointmentKind.REGULAR))
    rows = [(_day(seat), _hours(seat), _place(seat), seat.get_status_display()) for seat in seats]
    return Contents(rows, _attendance_sums("值班", seats))


def gatherings(person: Representative, first: date, last: date) -> Contents:
    """主题、集中、指定约见."""
    seats = list(_seats(person, first, last).exclude(appointment__kind=AppointmentKind.REGULAR))
    rows = [
        (
            _day(seat),
            AppointmentKind(seat.appointment.kind).label,
            seat.appointment.theme or "—",
            _place(seat),
            seat.get_status_display(),
        )
        for seat in seats
    ]
    return Contents(rows, _attendance_sums("约见", seats))


def visits(person: Representative, first: date, last: date) -> Contents:
    """接访记录: the matters, without the names of those who brought them."""
    fields = ("received_on", "matter", "category", "outcome", "people")
    found = Visit.objects.filter(representative=person).between(first, last).order_by("received_on", "pk")
    received = list(found.values_list(*fields))
    rows = [
        (day.isoformat(), matter, Category(category).label, VisitOutcome(outcome).label)
        for day, matter, category, outcome, _people in received
    ]
    people = sum(entry[-1] for entry in received)
    return Contents(rows, _sums(f"接访 {len(rows)} 件、{people} 人次", Counter(row[-1] for row in rows), "件"))


def _seats(person: Representative, first: date, last: date) -> AttendanceQuerySet:
    """Seats of the person at what was planned or held, oldest first."""
    found = Attendance.objects.filter(representative=person).between(first, last)
    found = found.exclude(appointment__status=AppointmentStatus.CANCELLED).select_related("appointment__studio")
    return found.order_by("appointment__held_on", "appointment__starts_at", "pk")


def _attendance_sums(what: str, seats: list[Attendance]) -> str:
    counted = Counter(AttendanceStatus(seat.status).label for seat in seats)
    return _sums(f"{what} {len(seats)} 次", counted, "次")


def _sums(total: str, counted: Counter[str], unit: str) -> str:
    """共值班 4 次：到岗 3 次，请假 1 次."""
    parts = "，".join(f"{label} {number} {unit}" for label, number in counted.most_common())
    return f"共{total}：{parts}"


def _day(seat: Attendance) -> str:
    return seat.appointment.held_on.isoformat()


def _hours(seat: Attendance) -> str:
    return f"{seat.appointment.starts_at:%H:%M}—{seat.appointment.ends_at:%H:%M}"


def _place(seat: Attendance) -> str:
    appointment = seat.appointment
    return appointment.venue or (appointment.studio.name if appointment.studio else "—")


DATE, STATUS = Column("日期", 3), Column("到岗情况", 2)
register(Chapter("duties", "值班", 10, (DATE, Column("时间", 3), Column("地点", 7), STATUS), duties))
register(
    Chapter(
        "gatherings",
        "主题、集中和指定约见",
        20,
        (DATE, Column("方式", 2), Column("主题", 5), Column("地点", 5), STATUS),
        gatherings,
    )
)
register(Chapter("visits", "接访记录", 30, (DATE, Column("反映事项", 8), Column("类别", 2), Column("处理", 3)), visits))
