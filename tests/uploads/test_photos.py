"""A photo is drawn anew: upright, small, and silent about who took it where."""

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.cast import Cast
from tests.uploads.pictures import bomb, disguised, photo
from uploads import services
from uploads.enums import LONGEST_SIDE, MAX_PHOTO_BYTES
from uploads.models import Upload
from uploads.services import store_photo


def _store(cast: Cast, file: SimpleUploadedFile) -> Upload:
    return store_photo(file=file, subject=f"studio:{cast.studio.pk}", actor=cast.liaison)


def test_what_the_phone_wrote_about_itself_is_gone(cast: Cast) -> None:
    with Image.open(_store(cast, photo()).file.path) as kept:
        assert not kept.getexif()
        assert kept.info.get("exif") is None


def test_it_stands_upright(cast: Cast) -> None:
    with Image.open(_store(cast, photo(640, 480)).file.path) as kept:
        assert kept.size == (480, 640)


def test_it_is_made_smaller(cast: Cast) -> None:
    with Image.open(_store(cast, photo(4000, 3000)).file.path) as kept:
        assert max(kept.size) == LONGEST_SIDE


def test_its_name_on_disk_tells_nothing(cast: Cast) -> None:
    upload = _store(cast, photo(name="张三家门口.jpg"))
    assert Path(upload.file.name).name == f"{upload.uid.hex}.jpg"
    assert upload.original_name == "张三家门口.jpg"


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (disguised(), "不是照片"),
        (bomb(), "像素太多"),
        (SimpleUploadedFile("现场.jpg", b""), "空的"),
        (SimpleUploadedFile("现场.jpg", b"x" * (MAX_PHOTO_BYTES + 1)), "超过 10 MB"),
        (SimpleUploadedFile("现场.svg", b"<svg onload='alert(1)'/>"), "不是照片"),
    ],
    ids=["pdf", "bomb", "empty", "large", "svg"],
)
def test_what_is_no_photo_gets_a_sentence_and_is_not_kept(cast: Cast, file: SimpleUploadedFile, sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        _store(cast, file)
    assert not Upload.objects.exists()


def test_a_day_has_a_quota(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    first = _store(cast, photo())
    monkeypatch.setattr(services, "QUOTA_BYTES", first.size + 10)
    with pytest.raises(ValidationError, match="太多"):
        _store(cast, photo())
