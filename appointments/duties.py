"""Who is on duty where: what a liaison's day begins with."""

from datetime import date

from accounts.models import User
from appointments.models import Attendance


def duties_on(user: User, day: date) -> list[Attendance]:
    """Seats kept on `day` at the studios `user` is a liaison of, with all a duty card shows of them."""
    seats = Attendance.objects.standing().filter(appointment__studio__liaisons=user, appointment__held_on=day)
    related = ("appointment__studio", "representative", "replaced_by")
    return list(seats.select_related(*related).order_by("appointment__starts_at", "pk"))


def next_duty_of_studios(user: User, after: date) -> Attendance | None:
    """The first seat after `after` at the studios `user` is a liaison of."""
    seats = Attendance.objects.standing().filter(appointment__studio__liaisons=user, appointment__held_on__gt=after)
    return seats.select_related("appointment__studio", "representative").order_by("appointment__held_on", "pk").first()


def next_duty_of_representative(user: User, today: date) -> Attendance | None:
    """The representative's own next seat, today included."""
    seats = Attendance.objects.standing().filter(representative__user=user, appointment__held_on__gte=today)
    related = seats.select_related("appointment__studio", "appointment__county", "representative")
    return related.order_by("appointment__held_on", "pk").first()
