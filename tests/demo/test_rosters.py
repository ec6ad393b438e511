"""The demonstration's duties hang on published rosters; the next quarter of 曲塘镇 is free to be drawn up."""

from datetime import date

from appointments.models import Appointment, Attendance, Roster
from appointments.services.rosters.editing import fingerprint


def test_every_coming_duty_is_on_a_published_roster(small_county: None) -> None:
    coming = Appointment.objects.filter(kind="REGULAR", held_on__gte="2026-11-24", county__short_name="海安")
    assert coming.exists()
    assert not coming.filter(roster=None).exists()
    for roster in Roster.objects.all():
        assert roster.status == "PUBLISHED"
        assert roster.content_hash == fingerprint(roster.seats.all())
        places = set(roster.seats.values_list("held_on", "studio"))
        assert set(roster.appointments.values_list("held_on", "studio")) == places
    changed = Attendance.objects.exclude(replaces=None).filter(appointment__in=coming)
    assert changed.get().appointment.delegation.short_name == "曲塘镇"
    ahead = Roster.objects.covering(date(2027, 1, 1), date(2027, 3, 31))
    assert not ahead.filter(delegation__short_name="曲塘镇").exists()
