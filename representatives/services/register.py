"""Registering representatives and correcting their records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction

from accounts.models import Organization, User
from representatives.models import Mandate, Representative
from representatives.permissions import can_update
from representatives.rules import certificate_problem, owned_studio_problem, studios_problem, term_end
from representatives.services.errors import RegisterError
from representatives.services.history import mark_as_made, note, sign, silently
from studios.models import Studio
from uploads.services import store_photo

LINKS = frozenset({"studios"})


@dataclass(frozen=True)
class RepresentativeEntry:
    """What an office writes down about one representative (domain.md §3)."""

    delegation: Organization
    name: str
    gender: str
    certificate_no: str
    term: int
    level: str
    studios: Sequence[Studio]
    birth_date: date | None = None
    ethnic_group: str = "汉族"
    electing_unit: str = ""
    position: str = ""
    phone: str = ""
    bio: str = ""
    public_bio: str = ""
    owned_studio: Studio | None = None

    @property
    def columns(self) -> dict[str, object]:
        """The entry as columns of the record."""
        return {name: value for name, value in vars(self).items() if name not in LINKS}


@dataclass(frozen=True)
class MandateEntry:
    """One term somebody was elected for; without an end it lasts five years."""

    term: int
    level: str
    electing_unit: str = ""
    starts_on: date | None = None
    ends_on: date | None = None

    @property
    def last_day(self) -> date | None:
        """The end that was given, else five years after the start."""
        return self.ends_on or (term_end(self.starts_on) if self.starts_on else None)


@dataclass(frozen=True)
class _Papers:
    """What comes with an entry."""

    mandates: Sequence[MandateEntry] = field(default_factory=list)
    photo: UploadedFile[bytes] | None = None


@transaction.atomic
def register_representative(
    *,
    entry: RepresentativeEntry,
    actor: User,
    mandates: Sequence[MandateEntry] = (),
    photo: UploadedFile[bytes] | None = None,
) -> Representative:
    """Write a new representative; without mandates, the term of the entry becomes the first.

    Raises RegisterError for another's delegation and whatever `rules` refuses, ValidationError for the photo.
    """
    person = Representative(county=entry.delegation.county)
    own = MandateEntry(entry.term, entry.level, entry.electing_unit)
    return _write(person, entry, _Papers(mandates or [own], photo), actor)


@transaction.atomic
def update_representative(
    *,
    representative: Representative,
    entry: RepresentativeEntry,
    actor: User,
    mandates: Sequence[MandateEntry] | None = None,
    photo: UploadedFile[bytes] | None = None,
) -> Representative:
    """Correct a record; `mandates` None leaves the terms as they are. Raises as `register_representative` does."""
    person = Representative.objects.select_for_update().get(pk=representative.pk)
    if not can_update(actor, person):
        raise RegisterError("只有本代表队办公室和党联办可以修改这条记录。")
    if mandates is None:
        mandates = [
            MandateEntry(row.term, row.level, row.electing_unit, row.starts_on, row.ends_on)
            for row in person.mandates.all()
        ]
    return _write(person, entry, _Papers(mandates, photo), actor)


def _write(person: Representative, entry: RepresentativeEntry, papers: _Papers, actor: User) -> Representative:
    _refuse(person, entry, actor)
    is_new = person.pk is None
    for name, value in entry.columns.items():
        setattr(person, name, value)
    with silently(person):
        _save(person, entry)
        person.studios.set(entry.studios)
    if papers.photo:
        person.photo = store_photo(file=papers.photo, subject=f"representative:{person.pk}", actor=actor)
    before = _terms(person)
    _write_mandates(person, papers.mandates)
    sign(person, actor)
    note(person, "任期", before, _terms(person))
    person.save()  # one line of history for columns, studios, photo and terms together
    if is_new:
        mark_as_made(person)
    return person


def _refuse(person: Representative, entry: RepresentativeEntry, actor: User) -> None:
    but = person if person.pk else None
    if not Organization.objects.registered_by(actor).filter(pk=entry.delegation.pk).exists():
        raise RegisterError("只能登记本代表队的党代表，请重新选择代表队", "delegation")
    county_id = entry.delegation.county_id
    assert county_id is not None  # a delegation always lies in a county
    if problem := certificate_problem(county_id, entry.certificate_no, but):
        raise RegisterError(problem, "certificate_no")
    if problem := studios_problem(entry.delegation, entry.studios):
        raise RegisterError(problem, "studios")
    if problem := owned_studio_problem(entry.delegation, entry.owned_studio, but):
        raise RegisterError(problem, "owned_studio")


def _save(person: Representative, entry: RepresentativeEntry) -> None:
    """Two offices may have typed the same number at once: the database has the last word, and a sentence."""
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError:
        raise RegisterError(
            f"代表证号 {entry.certificate_no} 或个人工作室刚刚已由别人登记，请核对", "certificate_no"
        ) from None


def _terms(person: Representative) -> str:
    """第 13 届 镇党代表（2022-06-20 至 2027-06-20）、…"""
    rows = Mandate.objects.filter(representative=person)
    return "、".join(f"{row}（{row.starts_on} 至 {row.ends_on}）" if row.starts_on else str(row) for row in rows)


def _write_mandates(person: Representative, entries: Sequence[MandateEntry]) -> None:
    """The terms become exactly `entries`; a term that was there already keeps its row."""
    standing = {(row.term, row.level): row for row in person.mandates.all()}
    for entry in entries:
        row = standing.pop((entry.term, entry.level), None)
        row = row or Mandate(representative=person, term=entry.term, level=entry.level)
        row.electing_unit, row.starts_on, row.ends_on = entry.electing_unit, entry.starts_on, entry.last_day
        row.save()
    person.mandates.filter(pk__in=[row.pk for row in standing.values()]).delete()
