"""Files that people gave us, under random names outside the web root."""

import uuid
from pathlib import Path

from django.db import models
from django.urls import reverse

from accounts.models import User
from uploads.enums import UploadKind
from uploads.querysets import UploadQuerySet


def random_path(upload: "Upload", file_name: str) -> str:
    """uploads/ab/abcdef….jpg: nothing of the name the file came with but its checked extension."""
    name = upload.uid.hex
    return f"uploads/{name[:2]}/{name}{Path(file_name).suffix.lower()}"


class Upload(models.Model):
    """One file of one subject ("studio:12"). What it is was read from its content, not from its name."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subject = models.CharField("对象", max_length=60, db_index=True)
    kind = models.CharField("种类", max_length=8, choices=UploadKind)
    content_type = models.CharField("类型", max_length=100)
    original_name = models.CharField("原文件名", max_length=120)
    size = models.PositiveIntegerField("字节数")
    file = models.FileField("文件", upload_to=random_path)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="uploads", verbose_name="上传人")
    created_at = models.DateTimeField("上传时间")

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = "文件"
        ordering = ["id"]
        indexes = [models.Index(fields=["created_by", "created_at"], name="uploads_upload_quota")]

    def __str__(self) -> str:
        return self.original_name

    def get_absolute_url(self) -> str:
        return reverse("uploads:file", args=[self.uid])
