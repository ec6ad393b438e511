"""Pictures as phones make them, and things that only look like pictures."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

ORIENTATION, GPS, MAKE, SIDEWAYS = 0x0112, 0x8825, 0x010F, 6


def photo(width: int = 640, height: int = 480, name: str = "现场.jpg") -> SimpleUploadedFile:
    """A JPEG held sideways, that says which phone took it and where."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKE] = SIDEWAYS, "Phone"
    exif[GPS] = {1: "N", 2: (32.5, 0.0, 0.0)}
    buffer = BytesIO()
    Image.new("RGB", (width, height), "steelblue").save(buffer, "JPEG", exif=exif)
    return SimpleUploadedFile(name, buffer.getvalue(), "image/jpeg")


def bomb() -> SimpleUploadedFile:
    """A small file that would unpack into 400 million pixels."""
    buffer = BytesIO()
    Image.new("1", (20_000, 20_000)).save(buffer, "PNG")
    return SimpleUploadedFile("现场.png", buffer.getvalue(), "image/png")


def disguised(name: str = "现场.jpg") -> SimpleUploadedFile:
    """A PDF under another name."""
    return SimpleUploadedFile(name, b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "image/jpeg")


def read(response: Any) -> bytes:
    """All a response says. A file is read to its end: closing it early would close the test's connection, too."""
    return b"".join(response.streaming_content) if response.streaming else response.content
