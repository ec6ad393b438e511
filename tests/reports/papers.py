"""Reading bulletins and year books in tests: linked numbers on a page, the words of a Word file."""

from io import BytesIO
from urllib.parse import parse_qs, urlsplit

from django.test import Client
from docx import Document
from docx.oxml.ns import qn

from reports.bulletin.paper import Paper, Piece
from tests.uploads.pictures import read

SUMS = ("people_received", "events_with_people", "collective_people")


def linked_counts(paper: Paper) -> dict[str, int]:
    """Every count of the paper by the address of its list; rates, differences and sums are other tests' matter."""
    pieces: list[Piece] = []
    for section in paper.sections:
        for table in section.tables:
            pieces += [piece for row in (*table.rows, table.total) for piece in row]
        if section.key != "overview":
            pieces += [piece for some in section.lines for piece in some]
    wanted = [piece for piece in pieces if "measure=" in piece.url and piece.text.isdigit()]
    return {piece.url: int(piece.text) for piece in wanted if not any(f"measure={key}&" in piece.url for key in SUMS)}


def one_of_each(counts: dict[str, int]) -> dict[str, int]:
    """The largest count of every measure and grouping: the others are the same conditions with other values."""
    found: dict[tuple[str, ...], str] = {}
    for url, number in sorted(counts.items()):
        query = parse_qs(urlsplit(url).query)
        kind = (*query["measure"], *sorted(query.keys()), "none" if "=none" in url else "")
        if kind not in found or counts[found[kind]] < number:
            found[kind] = url
    return {url: counts[url] for url in found.values()}


def rows_behind(client: Client, url: str) -> int:
    """How many rows the list says it has."""
    words: str = client.get(url).context["page"].count_words
    return int("".join(filter(str.isdigit, words)))


def words_of(client: Client, url: str) -> str:
    """Everything that stands in a Word file."""
    document = Document(BytesIO(read(client.get(url))))
    cells = [text.text or "" for table in document.tables for text in table._tbl.iter(qn("w:t"))]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)
