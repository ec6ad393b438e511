"""The only writer of files: pictures are drawn anew, other files must be what they say."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import IO
from zipfile import BadZipFile, ZipFile

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from PIL import Image, ImageOps, UnidentifiedImageError

from accounts.models import User
from uploads.enums import LONGEST_SIDE, MAX_FILE_BYTES, MAX_PHOTO_BYTES, MAX_PIXELS, MEGABYTE, QUOTA_BYTES, UploadKind
from uploads.models import Upload

Image.MAX_IMAGE_PIXELS = None  # `redrawn` looks at the size itself, before a pixel is unpacked
PHOTO_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".webp"})
OFFICE_PART = {
    ".docx": "word/document.xml",
    ".xlsx": "xl/workbook.xml",
}
CONTENT_TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def store_photo(*, file: UploadedFile[bytes], subject: str, actor: User) -> Upload:
    """Keep a photo of `subject`, drawn anew as JPEG of at most 1,600 pixels a side, without EXIF or position.

    Raises ValidationError with a sentence for a file that is too large, no picture, or over the daily quota.
    """
    _refuse_large(file, MAX_PHOTO_BYTES, "照片")
    return _store(
        redrawn(file), f"{Path(file.name or '照片').stem}.jpg", "image/jpeg", UploadKind.PHOTO, subject, actor
    )


def store_file(*, file: UploadedFile[bytes], subject: str, actor: User) -> Upload:
    """Keep a PDF, Word or Excel file of `subject`. Raises ValidationError when its content is something else."""
    _refuse_large(file, MAX_FILE_BYTES, "附件")
    suffix = Path(file.name or "").suffix.lower()
    if not _is(suffix, file):
        raise ValidationError("附件只收 PDF、Word（.docx）和 Excel（.xlsx），且内容要与文件名相符。请重新选择。")
    content = ContentFile(file.read())
    return _store(content, file.name or "附件", CONTENT_TYPES[suffix], UploadKind.FILE, subject, actor)


def store_attachment(*, file: UploadedFile[bytes], subject: str, actor: User) -> Upload:
    """Keep what was named like a photo as `store_photo` does, anything else as `store_file`. Raises as they do."""
    is_photo = Path(file.name or "").suffix.lower() in PHOTO_SUFFIXES
    return (store_photo if is_photo else store_file)(file=file, subject=subject, actor=actor)


@contextmanager
def no_orphans() -> Iterator[list[Upload]]:
    """Put what you store into the list: if anything fails inside, its files go from the disk, too.

    A rollback only forgets their rows.
    """
    kept: list[Upload] = []
    try:
        yield kept
    except Exception:
        for upload in kept:
            upload.file.delete(save=False)
        raise


def redrawn(file: IO[bytes]) -> ContentFile[bytes]:
    """The picture in `file` as a new upright JPEG. Raises ValidationError when there is none or it is too large."""
    try:
        with Image.open(file, formats=("JPEG", "PNG", "WEBP")) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise ValidationError("照片的像素太多，请用手机默认大小重拍，或缩小后再传。")
            longest = max(picture.size)
            wanted = (picture.width * LONGEST_SIDE // longest, picture.height * LONGEST_SIDE // longest)
            picture.draft("RGB", wanted)  # a large JPEG is unpacked no larger than needed
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError):
        raise ValidationError("这个文件不是照片，请选择 JPG、PNG 或 WebP 格式的照片。") from None
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    buffer = BytesIO()
    upright.save(buffer, "JPEG", quality=82, optimize=True)
    return ContentFile(buffer.getvalue())


def _refuse_large(file: UploadedFile[bytes], limit: int, what: str) -> None:
    if not file.size or file.size > limit:
        raise ValidationError(f"{what}超过 {limit // MEGABYTE} MB 或是空的，请重新选择或不传{what}。")


def _is(suffix: str, file: UploadedFile[bytes]) -> bool:
    """Whether the content is what the extension says; the file is wound back."""
    file.seek(0)
    try:
        if suffix == ".pdf":
            return bool(file.read(5) == b"%PDF-")
        if suffix not in OFFICE_PART:
            return False
        names = set(ZipFile(file).namelist())
        return OFFICE_PART[suffix] in names and not any("vbaProject" in name for name in names)
    except BadZipFile:
        return False
    finally:
        file.seek(0)


def _store(
    content: ContentFile[bytes], name: str, content_type: str, kind: UploadKind, subject: str, actor: User
) -> Upload:
    now = timezone.now()
    if Upload.objects.bytes_since(actor, now - timedelta(days=1)) + content.size > QUOTA_BYTES:
        raise ValidationError("您今天上传的文件太多，请明天再传，或联系系统管理员。")
    upload = Upload(
        subject=subject,
        kind=kind,
        content_type=content_type,
        original_name=name[-120:],
        size=content.size,
        created_by=actor,
        created_at=now,
    )
    upload.file.save(name, content, save=False)
    upload.save()
    return upload
