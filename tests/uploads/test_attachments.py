"""An attachment is kept only when its content is what its name says."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from tests.cast import Cast
from tests.uploads.pictures import disguised, photo
from uploads.services import store_file


def _workbook() -> bytes:
    buffer = BytesIO()
    Workbook().save(buffer)
    return buffer.getvalue()


def test_a_pdf_and_a_workbook_are_kept(cast: Cast) -> None:
    for file in (disguised("说明.pdf"), SimpleUploadedFile("名单.xlsx", _workbook())):
        name = file.name
        assert store_file(file=file, subject="studio:1", actor=cast.liaison).original_name == name


@pytest.mark.parametrize(
    "file",
    [
        SimpleUploadedFile("说明.pdf", _workbook()),
        SimpleUploadedFile("名单.docx", _workbook()),
        SimpleUploadedFile("名单.xlsx", b"PK\x03\x04 broken"),
        SimpleUploadedFile("程序.exe", b"MZ"),
        photo(name="说明.pdf"),
    ],
    ids=["xlsx as pdf", "xlsx as docx", "broken zip", "program", "photo as pdf"],
)
def test_a_disguise_is_refused(cast: Cast, file: SimpleUploadedFile) -> None:
    with pytest.raises(ValidationError, match="内容要与文件名相符"):
        store_file(file=file, subject="studio:1", actor=cast.liaison)
