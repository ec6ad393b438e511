"""What a record must keep to, as sentences that say what to do ("" where all is well); forms and services ask alike."""

from collections.abc import Collection
from datetime import date

from accounts.models import Organization
from representatives.enums import RepresentativeStatus
from representatives.models import Representative
from representatives.querysets import RepresentativeQuerySet
from studios.enums import StudioKind
from studios.models import Studio

MOST_STUDIOS = 2
TERM_YEARS = 5
NEXT_STATUSES: dict[str, tuple[RepresentativeStatus, ...]] = {
    RepresentativeStatus.ACTIVE: (RepresentativeStatus.SUSPENDED, RepresentativeStatus.TERMINATED),
    RepresentativeStatus.SUSPENDED: (RepresentativeStatus.ACTIVE, RepresentativeStatus.TERMINATED),
    RepresentativeStatus.TERMINATED: (),
}
"""Which status may follow which; TERMINATED is final."""


def certificate_problem(county_id: int, certificate_no: str, but: Representative | None) -> str:
    """A certificate number belongs to one person of the county; `but` is the record being corrected."""
    others = _others(but).filter(county_id=county_id, certificate_no=certificate_no)
    holder = others.select_related("delegation").first()
    if holder is None:
        return ""
    return f"代表证号 {certificate_no} 已登记给{holder.delegation.short_name} {holder.name}，请核对证号"


def studios_problem(delegation: Organization, studios: Collection[Studio]) -> str:
    """One or two studios, each of the delegation or one of the county's."""
    if not studios:
        return "请选择所在的工作室，至少一个"
    if len(studios) > MOST_STUDIOS:
        return f"一位党代表最多属于两个工作室，现在选了 {len(studios)} 个"
    for studio in studios:
        is_county = studio.kind == StudioKind.COUNTY and studio.county_id == delegation.county_id
        if studio.delegation_id != delegation.pk and not is_county:
            return f"“{studio}”不在{delegation.short_name}，请改选本代表队或县里的工作室"
    return ""


def owned_studio_problem(delegation: Organization, studio: Studio | None, but: Representative | None) -> str:
    """A personal studio of the delegation that nobody else owns."""
    if studio is None:
        return ""
    if studio.kind != StudioKind.PERSONAL or studio.delegation_id != delegation.pk:
        return f"“{studio}”不是{delegation.short_name}的个人工作室，请重新选择"
    owner = _others(but).filter(owned_studio=studio).first()
    return f"“{studio}”已登记为 {owner.name} 的个人工作室，请重新选择" if owner else ""


def status_problem(person: Representative, to_status: str, on: date, today: date) -> str:
    """Only the next statuses, from a day that has come, in the order of time."""
    if to_status not in NEXT_STATUSES[person.status]:
        return f"现在是“{person.status_words}”，不能改为“{RepresentativeStatus(to_status).label}”"
    if on > today:
        return f"日期不能晚于今天({today.month}月{today.day}日)，还没到的日子请到当天再办理"
    if person.status_on and on < person.status_on:
        return f"日期不能早于上一次变更({person.status_on:%Y-%m-%d})"
    return ""


def _others(but: Representative | None) -> RepresentativeQuerySet:
    everybody = Representative.objects.all()
    return everybody.exclude(pk=but.pk) if but else everybody


def term_end(starts_on: date) -> date:
    """The day a term that begins on `starts_on` ends: five years later."""
    year = starts_on.year + TERM_YEARS
    is_leap_day = (starts_on.month, starts_on.day) == (2, 29)
    return starts_on.replace(year=year, day=28) if is_leap_day else starts_on.replace(year=year)
