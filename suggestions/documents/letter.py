"""Official letters (公文) about a case: what they say, whatever draws them; and 答复函, the unit's written reply."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from studios.clocks import words
from suggestions.documents.people import office_of, petitioners_of
from suggestions.enums import Adoption, Disclosure, ReplyStatus, ResultClass
from suggestions.models import Assignment, Reply, Suggestion

CHARACTERS_A_LINE, LINES_A_PAGE = 27, 5


@dataclass(frozen=True)
class Letter:
    """One letter. `marks` stand top right, `signers` bottom right with space for the stamp, `copies` last."""

    title: str
    office: str
    number: str
    marks: Sequence[str]
    to: str
    paragraphs: Sequence[str]
    signers: Sequence[str]
    copies: str

    @property
    def is_long(self) -> bool:
        """Whether it needs smaller type to stay on one page with head, stamp and copies."""
        parts = [part for text in self.paragraphs for part in text.split("\n")]
        return sum(-(-(len(part) + 2) // CHARACTERS_A_LINE) for part in parts) > LINES_A_PAGE


def standing_reply(case: Suggestion) -> Reply | None:
    """The newest reply that was not sent back."""
    return next((row for row in reversed(case.replies.all()) if row.status != ReplyStatus.RETURNED), None)


def standing_replies(case: Suggestion) -> list[Reply]:
    """Every reply that was not sent back, in order."""
    return [row for row in case.replies.all() if row.status != ReplyStatus.RETURNED]


def reply_letter(case: Suggestion, reply: Reply, *, is_full: bool) -> Letter:
    """答复函 to the representative. The petitioners stand in it masked unless `is_full`."""
    unit = assignment_of(case, reply).unit
    again = "再次" if reply.round > 1 else ""
    day = timezone.localdate(reply.submitted_at)
    reason = f"（{reply.disclosure_reason}）" if reply.disclosure_reason else ""
    paragraphs = [
        f"您在约见党员群众时收集的《{case.title}》收悉。经研究办理，现{again}答复如下：",
        *(line.strip() for line in reply.text.splitlines() if line.strip()),
        *_outcome(reply),
        _petitioners(case, is_full=is_full),
    ]
    if unit.phone:
        paragraphs.append(f"联系电话：{unit.phone}。")
    return Letter(
        title=f"关于{case.number}号建议意见的{again}答复函",
        office=unit.name,
        number=f"{unit.short_name}函〔{day.year}〕　　号",
        marks=(
            f"办理结果：{ResultClass(reply.result_class).label}",
            f"公开方式：{Disclosure(reply.disclosure).label}{reason}",
        ),
        to=f"{case.representative.name}代表",
        paragraphs=paragraphs,
        signers=(unit.name, f"签发人：{reply.signer}", words(day)),
        copies=f"{office_of(case.county)}、{case.delegation.name}",
    )


def assignment_of(case: Suggestion, reply: Reply) -> Assignment:
    """Under which assignment the reply was given: its own part of a split case, else the lead of its round."""
    rows = list(case.assignments.all())
    own = [row for row in rows if row.pk == reply.assignment_id]
    leads = [row for row in rows if row.round == reply.round and row.kind != "CO"]
    return (own or leads or rows)[-1]


def _outcome(reply: Reply) -> list[str]:
    """What was promised and what was adopted."""
    said = []
    if reply.promise_on:
        said.append(f"上述事项承诺于{words(reply.promise_on)}前完成，完成后再行答复。")
    where = f"，{reply.adopted_where}" if reply.adopted_where else ""
    return [*said, f"采纳情况：{Adoption(reply.adoption).label}{where}。"]


def _petitioners(case: Suggestion, *, is_full: bool) -> str:
    people = petitioners_of(case, is_full=is_full)
    if not people.names:
        return "反映群众不愿透露身份，请您代为转告办理结果，并填写征询意见表。"
    phones = f"（{people.phones}）" if people.phones else ""
    return f"请您将办理结果转告反映群众{people.names}{phones}，并填写征询意见表。"
