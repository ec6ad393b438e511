"""履职档案 on screen, on paper and as Word."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.enums import AuditAction
from accounts.services import record_audit
from accounts.session import signed_in
from representatives.dossier import dossier_of
from representatives.dossier_word import dossier_docx
from representatives.forms.papers import YearForm, years_offered
from representatives.models import Representative
from representatives.permissions import can_read_dossier
from representatives.querysets import RepresentativeQuerySet
from sheets.response import download_word


@require_GET
def dossier(request: HttpRequest, pk: int) -> HttpResponse:
    """One person, one year."""
    return _page(request, _readable(request, pk), is_own=False)


@require_GET
def my_year(request: HttpRequest) -> HttpResponse:
    """The representative's own."""
    user = signed_in(request)
    person = _with_facts().visible_to(user).standing().filter(user=user).first()
    if person is None:
        raise PermissionDenied("这一页供党代表使用。您是党代表而看不到，请联系代表队办公室关联账号。")
    return _page(request, person, is_own=True)


@require_GET
def dossier_word(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a file, on record in the audit log. A wrong year is explained on the page."""
    person, today = _readable(request, pk), timezone.localdate()
    form = YearForm(request.GET, today=today)
    if not form.is_valid():
        return _page(request, person, is_own=False)
    year = form.cleaned_data["year"] or today.year
    user, subject = signed_in(request), f"履职档案 {person.certificate_no}"
    content = dossier_docx(dossier_of(person, year), today)
    record_audit(
        action=AuditAction.EXPORT, actor=user, subject=subject, detail=f"{year} 年，Word", county=person.county
    )
    return download_word(content, f"履职档案_{person.name}_{year}")


def _readable(request: HttpRequest, pk: int) -> Representative:
    """Raises Http404 outside the user's county, PermissionDenied without the right."""
    user = signed_in(request)
    person = get_object_or_404(_with_facts().visible_to(user).standing(), pk=pk)
    if not can_read_dossier(user, person):
        raise PermissionDenied("履职档案供本人、所在代表队办公室、党联办和领导查看。")
    return person


def _with_facts() -> RepresentativeQuerySet:
    return Representative.objects.select_related("county", "delegation").prefetch_related("studios")


def _page(request: HttpRequest, person: Representative, *, is_own: bool) -> HttpResponse:
    today = timezone.localdate()
    form = YearForm(request.GET, today=today)
    year = (form.is_valid() and form.cleaned_data["year"]) or today.year
    context = {
        "form": form,
        "years": years_offered(year, today),
        "person": person,
        "dossier": dossier_of(person, year),
        "is_own": is_own,
        "today": today,
    }
    return render(request, "representatives/dossier.html", context, status=422 if form.errors else 200)
