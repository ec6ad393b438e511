"""Texts a unit may begin a reply from, with the blanks of one case filled in."""

import re
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Membership, User
from appointments.enums import Category
from studios.clocks import words
from suggestions.enums import ANSWERING
from suggestions.models import Reply, ReplyTemplate, Suggestion
from suggestions.permissions import own_assignments

BLANK = re.compile(r"\{([^{}]*)\}")
BLANKS = ("编号", "标题", "代表", "承办单位", "日期")


@dataclass(frozen=True)
class OfferedTemplate:
    """A template as it reads for one case."""

    name: str
    text: str


def unknown_blanks(text: str) -> list[str]:
    """The blanks in `text` that nothing would fill, in order."""
    return [name for name in BLANK.findall(text) if name not in BLANKS]


def fill(text: str, case: Suggestion, unit: str, today: date) -> str:
    """`text` with its blanks filled for `unit`, which answers the case; anything else in braces stays as it is."""
    values = {
        "编号": case.number,
        "标题": case.title,
        "代表": case.representative.name,
        "承办单位": unit,
        "日期": words(today),
    }
    return BLANK.sub(lambda found: values.get(found[1], found[0]), text)


def offered_templates(case: Suggestion, unit: str) -> list[OfferedTemplate]:
    """Those of the case's county and category, then those of 其他, which suit every category."""
    suitable = Q(category=case.category) | Q(category=Category.OTHER)
    rows = ReplyTemplate.objects.filter(suitable, county=case.county_id)
    ordered = sorted(rows, key=lambda row: (row.category != case.category, row.name))
    today = timezone.localdate()
    return [OfferedTemplate(row.name, fill(row.text, case, unit, today)) for row in ordered]


def last_signer(actor: User, case: Suggestion) -> str:
    """Who signed the newest reply that those who work for `actor`'s unit handed in for it; "" before the first."""
    unit = next((row.unit_id for row in own_assignments(actor, case) if row.kind in ANSWERING), None)
    colleagues = Membership.objects.filter(organization=unit, role=Role.UNIT_HANDLER).values("user")
    of_unit = Q(assignment__unit=unit) | Q(assignment=None, suggestion__unit=unit)
    newest = Reply.objects.filter(of_unit, submitted_by__in=colleagues).order_by("-id")
    return newest.values_list("signer", flat=True).first() or ""
