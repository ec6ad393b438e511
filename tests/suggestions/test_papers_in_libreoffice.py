"""The papers of a case open in LibreOffice Writer, each on one A4 page."""

import os
import subprocess
import unicodedata
from pathlib import Path

import pytest
from pypdf import PdfReader

from suggestions.casefile import visible_case
from suggestions.documents.catalogue import answer_for, papers_of
from suggestions.documents.notice import notice_letter
from suggestions.documents.word import docx_of
from suggestions.enums import State, SupervisionKind
from tests.cast import Cast
from tests.conftest import CaseIn
from tests.suggestions.supervising import supervise

pytestmark = [pytest.mark.libreoffice, pytest.mark.django_db]


def _printed(files: list[Path]) -> list[str]:
    """What stands on the only page of each; the settings of LibreOffice live and die with the test."""
    home = files[0].parent / "home"
    home.mkdir()
    subprocess.run(
        [
            "soffice", f"-env:UserInstallation=file://{home}", "--headless", "--norestore",
            "--convert-to", "pdf", "--outdir", str(home), *map(str, files),
        ],
        check=True, timeout=120, capture_output=True, env=os.environ | {"HOME": str(home)},
    )  # fmt: skip
    found = []
    for file in files:
        pages = PdfReader(home / f"{file.stem}.pdf").pages
        assert len(pages) == 1, file.name
        found.append(unicodedata.normalize("NFKC", pages[0].extract_text()).replace(" ", ""))
    return found


def test_each_is_one_page(cast: Cast, case_in: CaseIn, tmp_path: Path) -> None:
    is_full = False
    case = visible_case(cast.county_office, case_in(State.AWAIT_EVALUATION).pk)
    notice = supervise(cast, case_in(State.HANDLING), SupervisionKind.LISTED)
    papers = {paper.key: paper.build(case, answer_for(case, ""), is_full) for paper in papers_of(case)} | {
        "notice": notice_letter(notice)
    }
    files = [tmp_path / f"{key}.docx" for key in papers]
    for file, paper in zip(files, papers.values(), strict=True):
        file.write_bytes(docx_of(paper))
    for text, paper in zip(_printed(files), papers.values(), strict=True):
        assert paper.title in text
