"""Lists as sheets: at once, or in the background with progress, notice and a day to fetch them."""

from tempfile import TemporaryFile

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.export_reasons import reason_to_export
from accounts.forms import ReasonForm
from accounts.models import User
from accounts.paging import keyset_page
from accounts.session import signed_in
from reports.enums import AT_ONCE, LATE_AFTER, ExportState
from reports.listings import export_named
from reports.listings.definition import Export
from reports.models import ExportJob
from reports.services.exports import (
    ExportRefusedError,
    cancel_export,
    hand_out,
    record_export,
    request_export,
    said_of,
)
from sheets.response import XLSX, dated
from sheets.writer import write_listing

LONGEST_QUERY = 2000
NO_CONDITIONS = ("after", "before", "reason", "csrfmiddlewaretoken")


@require_GET
def list_export(request: HttpRequest, key: str) -> HttpResponseBase:
    """A list exactly as it is on screen. Above 1,000 rows it asks for a reason, above 5,000 it is written later."""
    user, export, query = _asked(request, key, request.GET)
    found = export.find(user, query)
    count = found.count()
    if count > AT_ONCE:
        return _start_page(request, export, query, count, ReasonForm())
    back = (f"{reverse(export.page)}?{query.urlencode()}", export.label)
    reason, page = reason_to_export(request, count=count, what=export.counted, back=back)
    if page:
        return page
    target = TemporaryFile()  # noqa: SIM115 - the response closes it
    rows = (cells for chunk in found.chunks() for cells in found.lines(chunk))
    count = write_listing(target, found.heads, rows, said_of(found, reason, user))
    record_export(export=export, found=found, count=count, reason=reason, actor=user)
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=dated(export.name_of(found)), content_type=XLSX)


@require_POST
def export_start(request: HttpRequest, key: str) -> HttpResponse:
    """Have a long list written in the background; asked twice, it is written once."""
    user, export, query = _asked(request, key, request.POST)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _start_page(request, export, query, export.find(user, query).count(), form)
    job, is_new = request_export(export=export, query=query, reason=form.cleaned_data["reason"], actor=user)
    messages.success(
        request, f"{job.label}开始导出，完成后在“提醒”里告诉您。" if is_new else f"{job.label}已经在导出。"
    )
    return redirect(job)


@require_GET
def export_list(request: HttpRequest) -> HttpResponse:
    """The user's own lists, with progress; the page asks again by itself while one is being written."""
    user = signed_in(request)
    page = keyset_page(ExportJob.objects.visible_to(user), request.GET)
    busy = [job for job in page.rows if job.is_unfinished]
    late = timezone.now() - LATE_AFTER
    context = {
        "page": page,
        "is_busy": bool(busy),
        "is_late": any(job.asked_at < late for job in busy) and all(job.state == ExportState.WAITING for job in busy),
    }
    return render(request, "reports/export_list.html", context)


@require_GET
def export_file(request: HttpRequest, pk: int) -> FileResponse:
    """The file, for whoever asked for it, while they may still export that list."""
    user = signed_in(request)
    rows = ExportJob.objects.visible_to(user).filter(state=ExportState.DONE, expires_at__gt=timezone.now())
    job = get_object_or_404(rows, pk=pk)
    try:
        hand_out(job=job, actor=user)
    except ExportRefusedError as error:
        raise PermissionDenied(str(error)) from None
    return FileResponse(job.file.open("rb"), as_attachment=True, filename=dated(job.label), content_type=XLSX)


@require_POST
def export_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a list that is not finished."""
    job = get_object_or_404(ExportJob.objects.visible_to(signed_in(request)), pk=pk)
    if cancel_export(job=job):
        messages.success(request, f"已取消导出{job.label}。")
    else:
        messages.info(request, f"{job.label}不在导出中，不用取消。")
    return redirect(job)


def _asked(request: HttpRequest, key: str, given: QueryDict) -> tuple[User, Export, QueryDict]:
    """Who asks for which list by which conditions. 404 for an unknown list, 403 without the right."""
    user, export, query = signed_in(request), export_named(key), given.copy()
    if not export.may(user):
        raise PermissionDenied(export.refusal)
    for name in NO_CONDITIONS:
        query.pop(name, None)
    if len(query.urlencode()) > LONGEST_QUERY:
        raise Http404(key)
    return user, export, query


def _start_page(request: HttpRequest, export: Export, query: QueryDict, count: int, form: ReasonForm) -> HttpResponse:
    context = {
        "export": export,
        "count": count,
        "form": form,
        "query": query.items(),
        "back_url": f"{reverse(export.page)}?{query.urlencode()}",
    }
    return render(request, "reports/export_start.html", context, status=422)
