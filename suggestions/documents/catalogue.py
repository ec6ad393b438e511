"""The papers of a case: which there are, when each can be printed, what it says."""

from collections.abc import Callable
from dataclasses import dataclass

from appointments.papers.form import Paper
from suggestions.documents.letter import Letter, reply_letter, standing_reply
from suggestions.documents.order import order_paper
from suggestions.documents.survey import survey_paper
from suggestions.enums import ReplyStatus
from suggestions.models import Suggestion


@dataclass(frozen=True)
class CasePaper:
    """One paper; `key` is the name of its address. `is_ready` says whether there is anything to print yet."""

    key: str
    label: str
    is_ready: Callable[[Suggestion], bool]
    build: Callable[[Suggestion, bool], Paper | Letter]

    @property
    def url_name(self) -> str:
        """The name of its page."""
        return f"suggestions:{self.key}"


def _letter(case: Suggestion, is_full: bool) -> Letter:  # noqa: FBT001 - the shape of `build`
    reply = standing_reply(case)
    assert reply is not None  # is_ready
    return reply_letter(case, reply, is_full=is_full)


def _is_relayed(case: Suggestion) -> bool:
    reply = standing_reply(case)
    return reply is not None and reply.status == ReplyStatus.FORWARDED


PAPERS = {
    paper.key: paper
    for paper in (
        CasePaper(
            "order",
            "交办单",
            lambda case: bool(case.assignments_in_force and case.assigned_on),
            lambda case, is_full: order_paper(case, is_full=is_full),
        ),
        CasePaper("letter", "答复函", lambda case: standing_reply(case) is not None, _letter),
        CasePaper("survey", "征询意见表", _is_relayed, lambda case, is_full: survey_paper(case, is_full=is_full)),
    )
}


def papers_of(case: Suggestion) -> list[CasePaper]:
    """Those that can be printed now; runs no query when the case's rows are prefetched."""
    return [paper for paper in PAPERS.values() if paper.is_ready(case)]
