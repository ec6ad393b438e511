"""Sheets in and out: choose a kind, upload, look at what each row would do, confirm."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.enums import AuditAction
from accounts.export_reasons import reason_to_export
from accounts.forms import SheetForm
from accounts.import_services import (
    ImportRefusedError,
    apply_import,
    findings_of,
    preview_import,
    refused_sheet,
)
from accounts.imports import ImportKind, Place, export_rows, kind_named, kinds
from accounts.models import ImportRun, User
from accounts.paging import keyset_page
from accounts.permissions import can_apply_import, can_import, can_see_imports
from accounts.previews import preview_of
from accounts.services import record_audit
from accounts.session import signed_in
from sheets.package import SheetError
from sheets.response import download
from sheets.template import template_of


def _place(user: User, slug: str) -> tuple[ImportKind, Place]:
    """The kind, and where the user imports it; 403 where nowhere."""
    kind = kind_named(slug)
    place = kind.place_of(user) if can_import(user, kind) else None
    if place is None:
        raise PermissionDenied(f"{kind.label}的导入导出供{kind.who}使用。")
    return kind, place


@require_GET
def import_list(request: HttpRequest) -> HttpResponse:
    """The kinds the user may import, and who imported what and when."""
    user = signed_in(request)
    if not can_see_imports(user):
        raise PermissionDenied("导入导出供党联办、代表队办公室和系统管理员使用。")
    runs = ImportRun.objects.visible_to(user).select_related("actor")
    page = keyset_page(runs, request.GET)
    names = {kind.slug: kind.label for kind in kinds()}
    rows = [(run, names.get(run.kind, run.kind)) for run in page.rows]
    context = {"kinds": [kind for kind in kinds() if can_import(user, kind)], "page": page, "rows": rows}
    return render(request, "accounts/import_list.html", context)


@require_GET
def import_template(request: HttpRequest, slug: str) -> HttpResponse:
    """The empty sheet with example, drop-downs and explanations."""
    kind, place = _place(signed_in(request), slug)
    return download(template_of(kind.resource(place), kind.label, kind.advice), f"{kind.label}导入模板")


@require_GET
def import_export(request: HttpRequest, slug: str) -> HttpResponse:
    """Every row of the kind that the user may import, in the import's own columns; many rows want a reason."""
    user = signed_in(request)
    kind, place = _place(user, slug)
    rows = kind.resource(place).exported()
    count, back = rows.count(), (reverse("accounts:imports"), "导入导出")
    reason, page = reason_to_export(request, count=count, what=f"行{kind.label}", back=back)
    if page:
        return page
    subject = f"{kind.label} {count} 行"
    record_audit(action=AuditAction.EXPORT, actor=user, subject=subject, detail=reason, county=place.county)
    terms = [("范围", place.words), ("用法", "可以直接改，再导入：没有改的行不会变"), ("导出事由", reason or "—")]
    return download(export_rows(kind, place, rows, terms), kind.label)


@require_http_methods(["GET", "POST"])
def import_create(request: HttpRequest, slug: str) -> HttpResponse:
    """Upload a sheet; nothing is written until its preview is confirmed."""
    user = signed_in(request)
    kind, place = _place(user, slug)
    mendable = ImportRun.objects.visible_to(user).mendable(user, kind.slug)
    form = SheetForm(*((request.POST, request.FILES) if request.method == "POST" else ()), mendable=mendable)
    if request.method == "POST" and form.is_valid():
        try:
            file, mended = form.cleaned_data["file"], form.cleaned_data["mended"]
            run = preview_import(kind=kind, place=place, file=file, actor=user, mended=mended)
        except (SheetError, ImportRefusedError) as error:
            form.add_error("file", str(error))
        else:
            return redirect(run)
    context = {"form": form, "kind": kind, "place": place}
    return render(request, "accounts/import_form.html", context, status=422 if form.errors else 200)


@require_GET
def import_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What each row of a sheet would do, or did."""
    user = signed_in(request)
    run = get_object_or_404(ImportRun.objects.visible_to(user).select_related("actor", "county"), pk=pk)
    preview = preview_of(findings_of(run), request.GET)
    mendable = ImportRun.objects.mendable(user, run.kind)
    context = {
        "run": run,
        "kind": kind_named(run.kind),
        "preview": preview,
        "may_apply": can_apply_import(user, run),
        "mend_form": SheetForm(initial={"mended": run.pk}, mendable=mendable) if mendable.filter(pk=run.pk) else None,
    }
    return render(request, "accounts/import_detail.html", context)


@require_POST
def import_apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Write all rows of the sheet, or say why not."""
    user = signed_in(request)
    run = get_object_or_404(ImportRun.objects.visible_to(user), pk=pk)
    try:
        apply_import(run=run, actor=user)
    except ImportRefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"已导入：新增 {run.new} 行，修改 {run.changed} 行。")
    return redirect(run)


@require_GET
def import_refused(request: HttpRequest, pk: int) -> HttpResponse:
    """The refused rows with their reasons, to be corrected and uploaded again."""
    user = signed_in(request)
    run = get_object_or_404(ImportRun.objects.visible_to(user).exclude(file=""), pk=pk)
    try:
        return download(refused_sheet(run=run, actor=user), f"{kind_named(run.kind).label}不能导入的行")
    except ImportRefusedError as error:
        messages.error(request, str(error))
        return redirect(run)
