"""What is said about a roster as a whole: how even it is, what is in the way, what stayed empty. Pure."""

from typing import Any

from appointments.rostering import Result
from appointments.worlds import Plan


def report_of(plan: Plan, result: Result) -> dict[str, Any]:
    """Of one delegation, for `Roster.report` and the command; dates are ISO, names are those of today.

    Keys: spread_reached, spread_attainable, bottleneck (a studio's name or None), unfilled, breaches, days (only those
    there is something to say about), arranged (sessions left out, for they have an appointment already), provisional.
    """
    return {
        "spread_reached": result.spread_reached,
        "spread_attainable": result.spread_attainable,
        "bottleneck": plan.studios[result.bottleneck].name if result.bottleneck else None,
        "unfilled": [
            {"date": seat.on.isoformat(), "studio": plan.studios[seat.studio].name, "reason": seat.reason}
            for seat in result.unfilled
        ],
        "breaches": [
            {
                "representative": plan.people[breach.representative].name,
                "earlier_on": breach.earlier_on.isoformat(),
                "on": breach.on.isoformat(),
            }
            for breach in result.breaches
        ],
        "days": [
            {"usual_on": day.usual_on.isoformat(), "on": day.on.isoformat() if day.on else None, "note": day.note}
            for day in plan.days
            if day.note
        ],
        "arranged": [{"date": day.isoformat(), "studio": plan.studios[studio].name} for day, studio in plan.arranged],
        "provisional": any(day.is_provisional for day in plan.days),
    }
