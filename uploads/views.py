"""Hand out a file to those who may see what it belongs to."""

from uuid import UUID

from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from accounts.session import signed_in
from uploads.enums import UploadKind
from uploads.models import Upload


@require_GET
@cache_control(private=True, max_age=3600)
def file(request: HttpRequest, uid: UUID) -> FileResponse:
    """A photo is shown, anything else is downloaded under its own name; outside the user's scope it is 404."""
    upload = get_object_or_404(Upload.objects.filter(uid=uid).visible_to(signed_in(request)))
    return FileResponse(
        upload.file.open("rb"),
        as_attachment=upload.kind != UploadKind.PHOTO,
        filename=upload.original_name,
        content_type=upload.content_type,
    )
