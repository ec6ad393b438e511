"""The whole case as one file."""

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.enums import AuditAction
from accounts.services import record_audit
from accounts.session import signed_in
from suggestions.casefile import attachments_of, visible_case
from suggestions.documents.archive import build_archive, safe_name
from suggestions.permissions_office import can_take_archive
from suggestions.views.documents import is_told_in_full


@never_cache
@require_http_methods(["GET", "POST"])
def archive(request: HttpRequest, pk: int) -> FileResponse:
    """Papers, attachments and timeline as zip: GET masked; POST with names and phones. Either is on record."""
    user = signed_in(request)
    case = visible_case(user, pk)
    if not can_take_archive(user, case):
        raise PermissionDenied("全案材料由党联办、代表队办公室和承办单位下载归档。")
    is_full = is_told_in_full(request, case, "全案材料")
    notices = list(case.supervisions.select_related("unit", "issued_by", "replied_by"))
    for notice in notices:
        notice.suggestion = case
    content, size = build_archive(case, notices, attachments_of(case, user), timezone.now(), is_full=is_full)
    record_audit(
        action=AuditAction.EXPORT,
        actor=user,
        subject=f"全案材料 {case.number or '未编号'} (#{case.pk})",
        detail=f"{size} 个文件，{'完整信息' if is_full else '姓名电话已遮盖'}",
        county=case.county,
    )
    name = safe_name(f"{case.number or f'建议{case.pk}'}_全案材料.zip")
    return FileResponse(content, as_attachment=True, filename=name, content_type="application/zip")
