"""Reminders that wait for a workday go out on another day when the office calendar changes."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.urls import reverse

from notifications.services import move_reminders
from studios.clocks import OFFICE_OPENS, SHANGHAI, moved_stages
from studios.dependents import CalendarShift, Effect
from studios.models import Rectification
from studios.notifications import LADDER, LADDER_LIFE, RECTIFICATION, subject_of

Moves = dict[str, list[tuple[date, date]]]


def move_ladder(
    *, kind: str, due: Mapping[date, Sequence[str]], ladder: Sequence[int], life: timedelta, shift: CalendarShift
) -> Moves:
    """Move the waiting stages of the subjects in `due` (by due date) to the workdays of the new calendar.

    Returns per subject the days (from, to) that moved. Two queries per due date and stage that moves: a change of
    the calendar reaches the due dates around it, however many subjects share them.
    """
    moves: Moves = defaultdict(list)
    for due_on, subjects in due.items():
        for offset, (old, new) in moved_stages(due_on, ladder, shift.before, shift.after).items():
            at = datetime.combine(new, OFFICE_OPENS, SHANGHAI)
            for subject in move_reminders(kind=kind, subjects=subjects, offset=offset, due_at=at, expires_at=at + life):
                moves[subject].append((old, new))
    return dict(moves)


def move_words(moves: Sequence[tuple[date, date]], place: int) -> str:
    """The days before (`place` 0) or after (1): 提醒日 2月5日、2月9日."""
    return "提醒日 " + "、".join(f"{days[place].month}月{days[place].day}日" for days in moves)


def recompute_rectification_reminders(shift: CalendarShift) -> list[Effect]:
    """Open 整改 keep their due date (calendar days); their reminders move to the new workdays."""
    waiting = {
        subject_of(row): row
        for row in Rectification.objects.open().select_related("studio", "opened_by__item").order_by("pk")
    }
    due: dict[date, list[str]] = defaultdict(list)
    for subject, row in waiting.items():
        due[row.due_on].append(subject)
    moves = move_ladder(kind=RECTIFICATION, due=due, ladder=LADDER, life=LADDER_LIFE, shift=shift)
    return [
        Effect(
            county_id=waiting[subject].studio.county_id,
            subject=subject,
            label=f"整改：{waiting[subject].opened_by.item.text}（{waiting[subject].studio}）",
            url=reverse("studios:inspection_history", args=[waiting[subject].studio_id]),
            before=move_words(days, 0),
            after=move_words(days, 1),
        )
        for subject, days in moves.items()
    ]
