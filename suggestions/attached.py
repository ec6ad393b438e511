"""What suggestions hang on the office calendar: a change of it opens a recomputation of the running cases."""

from collections.abc import Iterator

from accounts.models import Organization
from studios import dependents
from studios.clocks import words
from studios.dependents import CalendarShift, Effect
from suggestions.models import Suggestion
from suggestions.services.recompute import open_job

SHOWN_DAYS = 3


def recompute_later(shift: CalendarShift) -> Iterator[Effect]:
    """One job per county whose cases run; thousands of due dates are not worked out within somebody's click."""
    if shift.before == shift.after:
        return
    years = shift.after.announced_years - shift.before.announced_years
    running = Suggestion.objects.running().exclude(complexity="")
    for county in Organization.objects.filter(pk__in=running.values("county")).order_by("pk"):
        job = open_job(county=county, cause=cause_of(shift), years=years)
        yield Effect(
            county_id=county.pk,
            subject=f"recompute:{job.pk}",
            label="在办建议的期限和提醒",
            url=job.get_absolute_url(),
            before=f"{job.total} 件在办",
            after="正在后台重新计算，逐件结果点左边查看",
        )


def cause_of(shift: CalendarShift) -> str:
    """Why deadlines are worked out anew: 2027年放假安排公布, 办公日历调整（2026年12月28日）."""
    if years := sorted(shift.after.announced_years - shift.before.announced_years):
        return "、".join(f"{year}年" for year in years) + "放假安排公布"
    days = sorted(shift.days_that_changed())
    more = f"等 {len(days)} 天" if len(days) > SHOWN_DAYS else ""
    return f"办公日历调整（{'、'.join(words(day) for day in days[:SHOWN_DAYS])}{more}）"


dependents.register(recompute_later)
