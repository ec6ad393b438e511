"""Photos and papers that belong to a case (domain.md §6)."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.models import User
from suggestions.models import Suggestion
from suggestions.permissions import can_attach
from suggestions.workflow import NotYoursError, StepError
from uploads.models import Upload
from uploads.services import store_attachment

MOST = 12


def subject_of(case: Suggestion) -> str:
    """Whose files they are, as uploads name it."""
    return f"suggestion:{case.pk}"


@transaction.atomic
def attach_file(*, suggestion: Suggestion, file: UploadedFile[bytes], actor: User) -> Upload:
    """Keep `file` with the case. Raises NotYoursError where `can_attach` refuses, StepError for the thirteenth file,
    ValidationError for what is no photo, PDF, Word or Excel file."""
    case = Suggestion.objects.select_for_update().get(pk=suggestion.pk)
    if not can_attach(actor, case):
        raise NotYoursError("附件由办理这件建议的人在办结以前上传")
    if Upload.objects.filter(subject=subject_of(case)).count() >= MOST:
        raise StepError(f"一件建议最多 {MOST} 个附件，请合并成一个文件再传")
    return store_attachment(file=file, subject=subject_of(case), actor=actor)
