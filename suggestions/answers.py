"""Who answered what: the replies of a case, each with its unit, and the promises among them.

Pure: a case that several units share has one answer and, of class B, one promise per unit. Runs no query where
`replies` and `assignments__unit` are prefetched.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from accounts.models import Organization
from suggestions.enums import ANSWERING, Adoption, ReplyStatus, ResultClass
from suggestions.models import Assignment, Reply, Suggestion


@dataclass(frozen=True)
class Answer:
    """One reply that was not sent back, and the assignment it was given under."""

    reply: Reply
    assignment: Assignment

    @property
    def unit(self) -> Organization:
        return self.assignment.unit

    @property
    def is_part(self) -> bool:
        """Whether others answered the same case beside it."""
        return self.reply.assignment_id is not None

    @property
    def label(self) -> str:
        """Whose it is, and which where a unit may have given several: 交通局（第 2 次办理，兑现后）."""
        said = [f"第 {self.reply.round} 次办理"] if self.reply.round > 1 else []
        said += ["兑现后"] if self.reply.fulfils_id else []
        return f"{self.unit.short_name}（{'，'.join(said)}）" if said else self.unit.short_name


def answers_of(case: Suggestion) -> list[Answer]:
    """Every reply that was not sent back, in the order they came."""
    standing = (row for row in case.replies.all() if row.status != ReplyStatus.RETURNED)
    return [Answer(row, _assignment_of(case, row)) for row in standing]


def newest_answers(case: Suggestion) -> list[Answer]:
    """Those of the last round that was answered at all."""
    answers = answers_of(case)
    last = max((answer.reply.round for answer in answers), default=0)
    return [answer for answer in answers if answer.reply.round == last]


def answers_of_round(case: Suggestion) -> list[Answer]:
    """Those of the current round."""
    return [answer for answer in answers_of(case) if answer.reply.round == case.round]


def waiting_answers(case: Suggestion) -> list[Answer]:
    """Those the reviewing office has not relayed yet, one for each unit that answered."""
    return [answer for answer in answers_of_round(case) if answer.reply.status == ReplyStatus.SUBMITTED]


def relayed_answers(case: Suggestion) -> list[Answer]:
    """Those of the current round the representative and the petitioner have been given."""
    return [answer for answer in answers_of_round(case) if answer.reply.status == ReplyStatus.FORWARDED]


def promises_of(case: Suggestion) -> list[Answer]:
    """Relayed in the current round with a promise (class B), the nearest day first."""
    promised = (answer for answer in relayed_answers(case) if answer.reply.result_class == ResultClass.B)
    return sorted(promised, key=lambda answer: (promised_on(answer), answer.reply.pk))


def kept_days(case: Suggestion) -> dict[int, date]:
    """By the key of a reply that promised something: the day it came true, as a further reply says."""
    return {row.fulfils_id: row.kept_on for row in case.replies.all() if row.fulfils_id and row.kept_on}


def open_promises(case: Suggestion) -> list[Answer]:
    """Promises that have not come true yet, the nearest day first."""
    kept = kept_days(case)
    return [answer for answer in promises_of(case) if answer.reply.pk not in kept]


def promised_on(answer: Answer) -> date:
    """Until when something was promised."""
    day = answer.reply.promise_on
    assert day is not None  # the promise-dated constraint
    return day


def result_of(replies: Iterable[Reply]) -> str:
    """The class of a case with these standing replies of one round, in the order they came.

    The newest of each unit counts, so that a promise that was kept is class A; of several units the least favourable:
    a matter is solved when every part of it is.
    """
    return max({row.assignment_id: row.result_class for row in replies}.values())


def adoption_of(result_class: str) -> Adoption:
    """What is taken for granted where nobody says it: what was solved or planned was adopted."""
    return Adoption.ADOPTED if result_class in {ResultClass.A, ResultClass.B} else Adoption.NOT


def promise_of(promised: Iterable[date | None]) -> date | None:
    """The day a case is watched by: the nearest of those promised."""
    return min((day for day in promised if day is not None), default=None)


def _assignment_of(case: Suggestion, reply: Reply) -> Assignment:
    """Its own part of a shared case, else the lead of its round."""
    rows = list(case.assignments.all())
    own = [row for row in rows if row.pk == reply.assignment_id]
    leads = [row for row in rows if row.round == reply.round and row.kind in ANSWERING]
    return (own or leads or rows)[-1]
