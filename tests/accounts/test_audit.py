"""The audit log: append-only, chained, read by auditors of the county alone."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from accounts.enums import AuditAction
from accounts.models import AuditEntry, User
from accounts.services import chain_hash, record_audit
from tests.cast import Cast

Login = Callable[[User], Client]


def test_each_entry_is_chained_to_the_one_before(cast: Cast) -> None:
    for number in range(3):
        record_audit(action=AuditAction.EXPORT, actor=cast.leader, subject=f"第{number}次", county=cast.county)
    entries = list(AuditEntry.objects.order_by("id"))
    assert [entry.previous_hash for entry in entries[1:]] == [entry.hash for entry in entries[:-1]]
    assert all(entry.hash == chain_hash(entry.previous_hash, entry) for entry in entries)


def test_a_changed_entry_no_longer_fits_its_hash(cast: Cast) -> None:
    entry = record_audit(action=AuditAction.EXPORT, actor=cast.leader, county=cast.county)
    entry.subject = "别的"
    assert entry.hash != chain_hash(entry.previous_hash, entry)


def test_auditor_reads_the_own_county_only(cast: Cast, login: Login) -> None:
    record_audit(action=AuditAction.EXPORT, actor=cast.leader, subject="本县的", county=cast.county)
    elsewhere = cast.stranger.memberships.get().organization
    record_audit(action=AuditAction.EXPORT, actor=cast.stranger, subject="外县的", county=elsewhere)
    page = login(cast.auditor).get(reverse("accounts:audit")).content.decode()
    assert "本县的" in page
    assert "外县的" not in page


def test_filter_by_action_and_text(cast: Cast, login: Login) -> None:
    record_audit(action=AuditAction.EXPORT, actor=cast.leader, subject="导出清单", county=cast.county)
    record_audit(action=AuditAction.REVEAL, actor=cast.liaison, subject="查看身份", county=cast.county)
    page = login(cast.auditor).get(reverse("accounts:audit"), {"action": AuditAction.REVEAL, "q": "联络员"})
    assert "查看身份" in page.content.decode()
    assert "导出清单" not in page.content.decode()


def test_a_refusal_leaves_a_trace_and_says_why(cast: Cast, login: Login) -> None:
    response = login(cast.leader).get(reverse("accounts:audit"))
    assert response.status_code == 403
    assert "审计日志只有审计员能看" in response.content.decode()
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor, entry.county) == (AuditAction.REFUSED, cast.leader, cast.county)
    assert entry.subject == f"GET {reverse('accounts:audit')}"
