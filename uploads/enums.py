"""What may be uploaded, and how much (reliability.md, what comes in)."""

from django.db import models

MEGABYTE = 1024 * 1024
MAX_PHOTO_BYTES = 10 * MEGABYTE
MAX_FILE_BYTES = 20 * MEGABYTE
MAX_PIXELS = 50_000_000
LONGEST_SIDE = 1600
MAX_PHOTOS = 6
"""Of one thing: an item of an inspection, a visit."""
QUOTA_BYTES = 200 * MEGABYTE
"""Of one user in 24 hours."""


class UploadKind(models.TextChoices):
    PHOTO = "PHOTO", "照片"
    FILE = "FILE", "附件"
