"""The Word files open in LibreOffice Writer: a small county's bulletin is short, and the contents name pages."""

import os
import re
import subprocess
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from reports.bulletin.issue import bulletin_of
from reports.bulletin.reach import Reach
from reports.bulletin.terms import Term
from reports.bulletin.word import paper_docx
from reports.bulletin.yearbook import yearbook_of
from reports.rows import Rows
from tests.cast import Cast
from tests.reports.worlds import random_world

pytestmark = [pytest.mark.libreoffice, pytest.mark.django_db]
TODAY = date(2026, 11, 24)


def _pages(folder: Path, files: dict[str, bytes]) -> dict[str, list[str]]:
    """The text of every page of each file; the settings of LibreOffice live and die with the test."""
    home = folder / "home"
    home.mkdir()
    for name, content in files.items():
        (folder / f"{name}.docx").write_bytes(content)
    subprocess.run(
        [
            "soffice", f"-env:UserInstallation=file://{home}", "--headless", "--norestore",
            "--convert-to", "pdf", "--outdir", str(home), *(str(folder / f"{name}.docx") for name in files),
        ],
        check=True, timeout=120, capture_output=True, env=os.environ | {"HOME": str(home)},
    )  # fmt: skip
    return {name: [_plain(page.extract_text()) for page in PdfReader(home / f"{name}.pdf").pages] for name in files}


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace(" ", "")


def test_page_counts_and_contents(cast: Cast, tmp_path: Path) -> None:
    random_world(cast, seed=31, size=8)
    reach = Reach(Rows.visible_to(cast.leader), cast.county)
    quarter, year = Term(date(2026, 7, 1), 3), Term(date(2026, 1, 1), 12)
    files = {
        "bulletin": paper_docx(bulletin_of(reach, quarter, None, TODAY)),
        "yearbook": paper_docx(yearbook_of(reach, year, TODAY)),
    }
    pages = _pages(tmp_path, files)
    count = len(pages["bulletin"])
    assert count in {3, 4}  # as many as its tables take
    assert "关于2026年第三季度" in pages["bulletin"][0]
    assert "抄送" in pages["bulletin"][-1]
    assert f"第{count}页共{count}页" in pages["bulletin"][-1]
    said = dict(re.findall(r"([一二三四五六七八]、\w+)[.…]+(\d+)", pages["yearbook"][0]))
    assert len(said) == 8
    for title, number in said.items():
        assert title in pages["yearbook"][int(number) - 1], title
