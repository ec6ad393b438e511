"""Official letters (公文) about a case: what they say, whatever draws them; and 答复函, the unit's written reply."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from studios.clocks import words
from suggestions.answers import Answer
from suggestions.documents.people import office_of, petitioners_of
from suggestions.enums import Adoption, AssignmentKind, AssignmentStatus, Disclosure, ResultClass
from suggestions.models import Reply, Suggestion

CHARACTERS_A_LINE, LINES_A_PAGE = 27, 5
IN_FORCE = frozenset({AssignmentStatus.ACTIVE, AssignmentStatus.FINISHED})


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


def reply_letter(case: Suggestion, answer: Answer, *, is_full: bool) -> Letter:
    """答复函 of one unit to the representative. The petitioners stand in it masked unless `is_full`."""
    unit, reply = answer.unit, answer.reply
    again = "再次" if reply.round > 1 or reply.fulfils_id else ""
    day = timezone.localdate(reply.submitted_at)
    reason = f"（{reply.disclosure_reason}）" if reply.disclosure_reason else ""
    paragraphs = [
        f"您在约见党员群众时收集的《{case.title}》收悉。经研究办理，现{again}答复如下：",
        *_shared(case, answer),
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


def _shared(case: Suggestion, answer: Answer) -> list[str]:
    """That others answer beside it, where several units share the case."""
    if not answer.is_part:
        return []
    rows = (row for row in case.assignments.all() if row.round == answer.reply.round)
    names = [row.unit.name for row in rows if row.kind == AssignmentKind.SPLIT and row.status in IN_FORCE]
    return [f"本件由{'、'.join(names)}分别办理，本函为我单位负责部分的答复。"]


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
