"""The papers of a case: which there are, when each can be printed, what it says."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from appointments.papers.form import Paper
from suggestions.answers import Answer, answers_of, newest_answers
from suggestions.documents.letter import Letter, reply_letter
from suggestions.documents.order import order_paper
from suggestions.documents.survey import survey_paper
from suggestions.enums import ReplyStatus
from suggestions.models import Suggestion


@dataclass(frozen=True)
class CasePaper:
    """One paper; `key` is the name of its address. `is_ready` says whether there is anything to print yet.

    `build` takes the case, the answer it is about (the letter alone is about one), and whether people are named.
    """

    key: str
    label: str
    is_ready: Callable[[Suggestion], bool]
    build: Callable[[Suggestion, Answer | None, bool], Paper | Letter]

    @property
    def url_name(self) -> str:
        """The name of its page."""
        return f"suggestions:{self.key}"


@dataclass(frozen=True)
class PaperLink:
    """One paper that can be printed now: what it is called where there is one only, and where it is."""

    label: str
    url: str


def _letter(case: Suggestion, answer: Answer | None, is_full: bool) -> Letter:  # noqa: FBT001 - the shape of `build`
    assert answer is not None  # is_ready
    return reply_letter(case, answer, is_full=is_full)


def _is_relayed(case: Suggestion) -> bool:
    answers = newest_answers(case)
    return bool(answers) and all(answer.reply.status == ReplyStatus.FORWARDED for answer in answers)


LETTER = "letter"
PAPERS = {
    paper.key: paper
    for paper in (
        CasePaper(
            "order",
            "交办单",
            lambda case: bool(case.assignments_in_force and case.assigned_on),
            lambda case, _answer, is_full: order_paper(case, is_full=is_full),
        ),
        CasePaper(LETTER, "答复函", lambda case: bool(answers_of(case)), _letter),
        CasePaper(
            "survey", "征询意见表", _is_relayed, lambda case, _answer, is_full: survey_paper(case, is_full=is_full)
        ),
    )
}


def papers_of(case: Suggestion) -> list[CasePaper]:
    """Those that can be printed now; runs no query when the case's rows are prefetched."""
    return [paper for paper in PAPERS.values() if paper.is_ready(case)]


def paper_links(case: Suggestion) -> list[PaperLink]:
    """The same with their addresses: of a case that was answered more than once a letter for every answer."""
    found = []
    for paper in papers_of(case):
        letters = letter_links(case, paper.url_name) if paper.key == LETTER else []
        if len(letters) > 1:
            found += [PaperLink(f"{paper.label}：{link.label}", link.url) for link in letters]
        else:
            found.append(PaperLink(paper.label, reverse(paper.url_name, args=[case.pk])))
    return found


def letter_links(case: Suggestion, url_name: str) -> list[PaperLink]:
    """The letters there are, by their units, each as the page or the file `url_name`."""
    address = reverse(url_name, args=[case.pk])
    return [
        PaperLink(answer.label, f"{address}?{urlencode({'reply': answer.reply.pk})}") for answer in answers_of(case)
    ]


def answer_for(case: Suggestion, key: str) -> Answer | None:
    """The answer whose reply has that key, the newest for no key; None where there is none such."""
    answers = answers_of(case)
    if not key:
        return answers[-1] if answers else None
    return next((answer for answer in answers if str(answer.reply.pk) == key), None)
