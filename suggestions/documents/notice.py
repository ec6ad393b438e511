"""催办通知单, 督办通知单, 挂牌督办通知单: a notice of supervision as an official letter."""

from django.utils import timezone

from accounts.enums import Role
from studios.clocks import words
from suggestions.documents.letter import Letter
from suggestions.documents.people import office_of
from suggestions.enums import Level, SupervisionKind
from suggestions.models import Suggestion, Supervision

MARKS = {SupervisionKind.URGED: "催", SupervisionKind.SUPERVISED: "督", SupervisionKind.LISTED: "督"}


def notice_title(notice: Supervision) -> str:
    """催办通知单, 督办通知单 or 挂牌督办通知单."""
    return f"{notice.get_kind_display()}通知单"


def notice_letter(notice: Supervision) -> Letter:
    """To the unit, from the office that issued it. It names nobody who brought the matter."""
    case, kind = notice.suggestion, SupervisionKind(notice.kind)
    day = timezone.localdate(notice.issued_at)
    office = issuing_office(notice)
    return Letter(
        title=notice_title(notice),
        office=office,
        number=f"{case.county.short_name}{MARKS[kind]}〔{day.year}〕　　号",
        marks=(),
        to=notice.unit.name,
        paragraphs=[*_facts(case, notice), notice.text, *_ending(notice)],
        signers=(office, words(day)),
        copies=_copies(case, kind, office),
    )


def issuing_office(notice: Supervision) -> str:
    """The delegation where it assigned the case and its office (or the ladder) issued the notice; else the county's."""
    case = notice.suggestion
    is_town = case.assigned_level == Level.TOWN and notice.kind != SupervisionKind.LISTED
    if is_town and notice.issued_by:
        is_town = case.delegation_id in notice.issued_by.scope.where(Role.DELEGATION_OFFICE)
    return case.delegation.name if is_town else office_of(case.county)


def _facts(case: Suggestion, notice: Supervision) -> list[str]:
    said = [
        f"建议编号：{case.number}",
        f"建议标题：{case.title}",
        f"提出代表：{case.representative.name}（{case.delegation.short_name}）",
    ]
    day = timezone.localdate(notice.issued_at)
    if case.assigned_on and case.due_on:
        late = (day - case.due_on).days
        said.append(
            f"交办日期：{words(case.assigned_on)}，办理期限：{words(case.due_on)}"
            + (f"，至发文时已逾期 {late} 天" if late > 0 else "")
        )
    return said


def _ending(notice: Supervision) -> list[str]:
    said = []
    if notice.reply_due_on:
        said.append(f"请于{words(notice.reply_due_on)}前书面回复。")
    if notice.replied_at:
        said.append(f"承办单位于{words(timezone.localdate(notice.replied_at))}回复：{notice.reply_text}")
    if notice.lifted_at:
        said.append(f"{words(timezone.localdate(notice.lifted_at))}摘牌：{notice.lift_reason}")
    return said


def _copies(case: Suggestion, kind: SupervisionKind, office: str) -> str:
    """The delegation hears of what the county issues; the county of 督办 that a delegation issues."""
    if office != case.delegation.name:
        return case.delegation.name
    return "" if kind == SupervisionKind.URGED else office_of(case.county)
