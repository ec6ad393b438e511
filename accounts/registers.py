"""The registers of accounts: one function each for what a query asks for; page and export both start here."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q
from django.http import QueryDict

from accounts.forms import AuditFilterForm, UnitFilterForm
from accounts.models import AuditEntry, Organization, User
from accounts.pinyin import spelled_like


@dataclass(frozen=True)
class Register:
    """The rows a query asks for, and the form that says what was wrong."""

    rows: Any
    form: forms.Form


def units(user: User, query: QueryDict) -> Register:
    """Units of the user's counties. Keys: q, town, state; bad input is explained and left out."""
    form = UnitFilterForm(query, user=user)
    form.is_valid()
    asked = form.cleaned_data
    rows = Organization.objects.visible_to(user).units().select_related("delegation")
    rows = rows.filter(spelled_like(asked.get("q", "")))
    if town := asked.get("town"):
        rows = rows.filter(delegation=town)
    if state := asked.get("state"):
        rows = rows.filter(is_active=state == "active")
    return Register(rows, form)


def audit_entries(user: User, query: QueryDict) -> Register:
    """What happened in the auditor's counties. Keys: q, action; bad input is explained and left out."""
    form = AuditFilterForm(query)
    form.is_valid()
    asked = form.cleaned_data
    rows = AuditEntry.objects.visible_to(user)
    if text := asked.get("q"):
        rows = rows.filter(Q(actor_name__icontains=text) | Q(subject__icontains=text))
    if action := asked.get("action"):
        rows = rows.filter(action=action)
    return Register(rows, form)
