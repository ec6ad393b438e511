"""Cards and dossiers on paper: the right number of pages, cards of the right size, heads on every page."""

from io import BytesIO
from unicodedata import normalize

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from tests.browser.conftest import Open
from tests.cast import Cast, build_cast
from tests.representatives.factories import RepresentativeFactory
from tests.representatives.records import serve

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PIXELS_A_MM = 96 / 25.4
CARD, SHEET = (90, 54), (210, 297)
LONG = "曲塘镇演示社区党群服务中心联建共用的党代表工作室"

OUTSIDE = """cards => cards.flatMap(card => {
  const edge = card.getBoundingClientRect();
  return [...card.querySelectorAll("*")].filter(one => {
    const box = one.getBoundingClientRect();
    return box.bottom > edge.bottom || box.right > edge.right;
  }).map(one => one.className || one.tagName);
})"""
"""What sticks out of its card."""


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return build_cast()


def _print(page: Page) -> list[str]:
    """The text of each page of the PDF Chromium prints, on A4."""
    reader = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    for sheet in reader.pages:
        assert [float(side) / 72 * 25.4 for side in sheet.mediabox[2:]] == pytest.approx(SHEET, abs=0.5)
    # The font's glyphs come back as radicals: ⼝ for 口.
    return [normalize("NFKC", sheet.extract_text()).replace("⻚", "页") for sheet in reader.pages]


def _millimetres(page: Page, selector: str) -> list[tuple[float, float]]:
    boxes = page.eval_on_selector_all(selector, "all => all.map(one => one.getBoundingClientRect().toJSON())")
    return [(box["width"] / PIXELS_A_MM, box["height"] / PIXELS_A_MM) for box in boxes]


def test_twenty_three_cards_are_three_sheets(cast: Cast, open_as: Open) -> None:
    cast.studio.name, cast.studio.service_promise = LONG, "件件有回音，事事有着落，急事不过夜，难事不推诿"
    cast.studio.save()
    RepresentativeFactory(delegation=cast.town, studios=[cast.studio], name="演示名字很长的·党代表同志", position=LONG)
    RepresentativeFactory.create_batch(
        21,
        delegation=cast.town,
        studios=[cast.studio],
        position="演示村党总支书记、村民委员会主任",
        phone="19900001234",
    )
    page = open_as(cast.liaison)
    page.goto("/desk/cards/")
    page.get_by_role("link", name="打印全部（23 张）").click()
    page.wait_for_load_state("networkidle")
    sheets = _print(page)
    assert [text.count("每周六") for text in sheets] == [10, 10, 3]
    page.emulate_media(media="print")
    for width, height in _millimetres(page, ".card-paper"):
        assert (width, height) == pytest.approx(CARD, abs=0.5)
    assert len(_millimetres(page, ".card-paper")) == 23
    for width, height in _millimetres(page, ".card-code img"):
        modules = 29  # of the shortest code an address of the test server needs
        assert min(width, height) * modules / (modules + 8) >= 20
    assert page.eval_on_selector_all(".card-paper", OUTSIDE) == []


def test_ticked_cards_alone(cast: Cast, open_as: Open) -> None:
    RepresentativeFactory(delegation=cast.town, name="代表乙", studios=[cast.studio])
    page = open_as(cast.liaison, javascript=False)
    page.goto("/desk/cards/")
    page.get_by_label("选择代表乙").check()
    page.get_by_role("button", name="打印所选").click()
    assert page.locator(".card-name").all_inner_texts() == ["代表乙"]


def test_a_long_dossier_repeats_its_heads(cast: Cast, open_as: Open) -> None:
    serve(cast, duties=31, visits=30)
    page = open_as(cast.town_office)
    page.goto(f"/desk/reps/{cast.representative.pk}/dossier/?year=2026")
    pages = _print(page)
    assert len(pages) == 3
    for number, text in enumerate(pages, start=1):
        assert f"第 {number} 页" in text and "共 3 页" in text
        assert f"编号 {cast.representative.certificate_no}-2026" in text
    assert [text.count("到岗情况") for text in pages] == [1, 1, 0]
    assert [text.count("反映事项") for text in pages] == [0, 1, 1]
    text = "".join(pages)
    assert text.count("村口") == 30
    assert text.count("2026-01") + text.count("2026-02") == 31
    assert "下载" not in text
