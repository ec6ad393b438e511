"""The ladder of clocks that run already (domain.md §6.2): its stages move with the calendar and with the settings."""

from collections.abc import Mapping
from datetime import date, datetime

from notifications.services import replace_waiting, reschedule_reminders
from studios.calendar import OfficeCalendar
from studios.clocks import OFFICE_OPENS, SHANGHAI, end_of_day, ladder_day
from suggestions.deadlines import Rules
from suggestions.notifications import DEADLINE, LADDER_LIFE, deadline_version, stages_of, subject_of
from suggestions.querysets import SuggestionQuerySet

RESTAGED = "提醒梯次已改"


def restage_ladders(
    cases: SuggestionQuerySet, rules: Mapping[int, Rules], calendar: OfficeCalendar, today: date
) -> None:
    """Let what waits of the clocks of `cases` be the stages their `rules` (by the key of a case) ask for now.

    What was sent stays sent, and is not sent again; a stage whose day is over is not made up for.
    """
    found = list(cases.with_addressees().defer("content", "search_text"))
    replace_waiting(
        kind=DEADLINE,
        occurrences={subject_of(case): deadline_version(case) for case in found},
        drafts=[draft for case in found for draft in stages_of(case, rules[case.pk], calendar)],
        reason=RESTAGED,
        after=end_of_day(today),
    )


def move_ladders(due: Mapping[str, date], calendar: OfficeCalendar) -> None:
    """Let the stages that wait go out on the workdays of `calendar`; `due` by the subject of a case.

    One query for any number of cases, and one per moment they move to. What waits of an old clock is left alone.
    """

    def moment(subject: str, occurrence: str, offset: int) -> datetime | None:
        if not occurrence.endswith(f"-{due[subject]}"):
            return None
        return datetime.combine(ladder_day(due[subject], offset, calendar), OFFICE_OPENS, SHANGHAI)

    reschedule_reminders(kind=DEADLINE, subjects=due, moment=moment, life=LADDER_LIFE)
