"""Importing in tests, as the pages do it."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.imports import Place, kind_named
from accounts.models import ImportRun, User
from sheets.resource import SheetResource
from tests.sheets.books import sheet_of


def place_of(slug: str, user: User) -> Place:
    """Where the user imports that kind."""
    place = kind_named(slug).place_of(user)
    assert place is not None
    return place


def resource_of(slug: str, user: User) -> SheetResource:
    """A fresh resource of that kind for the user."""
    return kind_named(slug).resource(place_of(slug, user))


def upload(client: Client, slug: str, data: bytes, **fields: Any) -> Any:
    """Post a workbook to the upload page; the response."""
    file = SimpleUploadedFile("表格.xlsx", data)
    return client.post(reverse("accounts:import_create", args=[slug]), {"file": file, **fields})


def previewed(client: Client, slug: str, user: User, rows: list[dict[str, Any]]) -> ImportRun:
    """Upload these rows; the run that was made."""
    response = upload(client, slug, sheet_of(resource_of(slug, user), rows))
    assert response.status_code == 302, response.content.decode()
    return ImportRun.objects.latest("id")


def confirm(client: Client, run: ImportRun) -> str:
    """Press 「确认导入」; the page that follows."""
    address = reverse("accounts:import_apply", args=[run.pk])
    page = client.post(address, follow=True).content.decode()
    run.refresh_from_db()
    return str(page)


def counts(run: ImportRun) -> tuple[int, int, int, int]:
    """New, changed, unchanged, refused."""
    return run.new, run.changed, run.same, run.refused


def reasons(client: Client, run: ImportRun) -> list[str]:
    """The sentences against the refused rows, as the page has them."""
    preview = client.get(f"{run.get_absolute_url()}?outcome=refused").context["preview"]
    return [reason for line in preview.rows for reason in line.reasons]
