"""Who is told how a case ended: merged, withdrawn, ruled, fulfilled. Rows only: the sweep sends them."""

from collections.abc import Iterable
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Organization
from notifications.models import role_address, user_address
from notifications.services import ReminderDraft, schedule_reminders
from suggestions.enums import Level
from suggestions.families import family_of, name_of
from suggestions.models import Suggestion
from suggestions.notifications import NEWS, subject_of

LIFE = timedelta(days=60)


def tell_merged(case: Suggestion, parent: Suggestion) -> None:
    """Those who brought `case` learn where it went; the unit that handles `parent` that somebody else asks, too."""
    body = f"与{name_of(parent)}一并办理，答复后同样转告提出人并请其评价"
    schedule_reminders(_news(case, _bringers(case), f"已并案：{case.title}", body, case.get_absolute_url()))
    units = [role_address(Role.UNIT_HANDLER, row.unit) for row in parent.assignments_in_force]
    title = f"又有人反映同一事项：{parent.title}"
    schedule_reminders(_news(case, units, title, f"已并入{name_of(parent)}，请一并办理", parent.get_absolute_url()))


def tell_withdrawn(case: Suggestion, units: Iterable[Organization], reason: str) -> None:
    """Units stop working on it (it leaves their list with this step); the office that had the next step knows."""
    addresses = [role_address(Role.UNIT_HANDLER, unit) for unit in units]
    title = f"代表已撤回，不再办理：{case.title}"
    schedule_reminders(_news(case, addresses, title, reason, reverse("suggestions:list")))
    if case.submitted_on is not None:
        office = role_address(Role.DELEGATION_OFFICE, case.delegation)
        if case.level == Level.COUNTY:
            office = role_address(Role.COUNTY_OFFICE, case.county)
        schedule_reminders(_news(case, [office], f"代表已撤回：{case.title}", reason, case.get_absolute_url()))


def tell_ruled(case: Suggestion, text: str) -> None:
    """Those who brought the matter, in this case or one merged into it, are told how it was settled."""
    for member in family_of(case):
        title = f"{case.get_ruling_display()}：{member.title}"
        schedule_reminders(_news(member, _bringers(member), title, text, member.get_absolute_url(), case.version))


def tell_fulfilled(case: Suggestion, text: str) -> None:
    """Those who brought the matter, and the office, learn that the promise was kept."""
    for member in family_of(case):
        title = f"承诺已兑现：{member.title}"
        schedule_reminders(_news(member, _bringers(member), title, text, member.get_absolute_url(), case.version))
    office = role_address(Role.COUNTY_OFFICE, case.county)
    schedule_reminders(_news(case, [office], f"承诺已兑现：{case.title}", text, case.get_absolute_url()))


def _bringers(case: Suggestion) -> list[str]:
    """The representative, if they have an account, and the studio's liaisons, who tell the petitioner."""
    people = [user for user in case.studio.liaisons.all() if user.is_active] if case.studio else []
    if case.representative.user is not None:
        people.append(case.representative.user)
    return list(dict.fromkeys(user_address(person) for person in people))


def _news(
    case: Suggestion, recipients: Iterable[str], title: str, body: str, url: str, version: int = 0
) -> list[ReminderDraft]:
    """`version` is that of the case a merged one hangs on: what happens there is news here without a step here."""
    now = timezone.now()
    return [
        ReminderDraft(
            kind=NEWS,
            subject=subject_of(case),
            occurrence=f"p{version}" if version else f"v{case.version}",
            offset=0,
            recipient=recipient,
            title=title,
            body=body,
            url=url,
            due_at=now,
            expires_at=now + LIFE,
        )
        for recipient in recipients
    ]
