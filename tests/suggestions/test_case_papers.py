"""交办单, 答复函, 征询意见表, the notices: what they say, masked, in full only on record, as Word, in plain text."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.test import Client
from docx import Document
from docx.shared import Mm

from accounts.enums import AuditAction
from accounts.models import AuditEntry, User
from suggestions.enums import State, SupervisionKind
from suggestions.models import Reply, Suggestion
from tests.cast import Cast
from tests.conftest import CaseIn
from tests.suggestions.supervising import supervise

Login = Callable[[User], Client]
NAME, PHONE, MASKED = "来访人甲", "19900001234", "199****1234"
PAPERS = ("order", "letter", "survey")


def words_of(content: bytes) -> str:
    """Every paragraph of a Word file, cells included."""
    document = Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@pytest.fixture
def case(case_in: CaseIn) -> Suggestion:
    return case_in(State.AWAIT_EVALUATION)


def _both(client: Client, address: str, method: str = "get") -> list[str]:
    page = getattr(client, method)(address)
    word = getattr(client, method)(f"{address}word/")
    assert (page.status_code, word.status_code) == (200, 200)
    return [page.content.decode(), words_of(word.content)]


@pytest.mark.parametrize("key", PAPERS)
def test_masked_and_in_full_only_on_record(cast: Cast, login: Login, case: Suggestion, key: str) -> None:
    client, address = login(cast.county_office), f"{case.get_absolute_url()}{key}/"
    for text in _both(client, address):
        assert MASKED in text
        assert PHONE not in text
        assert NAME not in text
    assert not AuditEntry.objects.filter(action=AuditAction.REVEAL).exists()
    for text in _both(client, address, "post"):
        assert PHONE in text
        assert NAME in text
    assert AuditEntry.objects.filter(action=AuditAction.REVEAL).count() == 2


@pytest.mark.parametrize("key", PAPERS)
def test_full_names_need_the_right(cast: Cast, login: Login, case: Suggestion, key: str) -> None:
    client, address = login(cast.leader), f"{case.get_absolute_url()}{key}/"
    assert "显示完整姓名电话" not in client.get(address).content.decode()
    assert client.post(address).status_code == 403
    assert client.post(f"{address}word/").status_code == 403


def test_a_unit_reveals_only_with_consent(cast: Cast, login: Login, case: Suggestion) -> None:
    Suggestion.objects.filter(pk=case.pk).update(releases_contact=False)
    assert login(cast.unit_handler).post(f"{case.get_absolute_url()}order/").status_code == 403


@pytest.mark.parametrize(
    ("state", "ready"),
    [
        (State.DRAFT, set()),
        (State.ESCALATED, set()),
        (State.ASSIGNED, {"order"}),
        (State.HANDLING, {"order"}),
        (State.REPLY_REVIEW, {"order", "letter"}),
        (State.AWAIT_EVALUATION, {"order", "letter", "survey"}),
        (State.CLOSED, {"order", "letter", "survey"}),
    ],
)
def test_there_is_nothing_to_print_before_its_time(
    cast: Cast, login: Login, case_in: CaseIn, state: State, ready: set[str]
) -> None:
    client, address = login(cast.liaison), case_in(state).get_absolute_url()
    assert {key for key in PAPERS if client.get(f"{address}{key}/").status_code == 200} == ready
    page = client.get(address).content.decode()
    assert {key for key in PAPERS if f"{address}{key}/" in page} == ready


def test_the_order_names_units_term_and_duties(cast: Cast, login: Login, case: Suggestion) -> None:
    for text in _both(login(cast.unit_handler), f"{case.get_absolute_url()}order/"):
        assert "主办：交通运输局" in text
        assert f"{case.due_on:%Y}年" in text
        assert "☑简单" in text
        assert "征询代表意见" in text


def test_the_letter_is_to_the_representative_with_class_and_disclosure(
    cast: Cast, login: Login, case: Suggestion
) -> None:
    for text in _both(login(cast.unit_handler), f"{case.get_absolute_url()}letter/"):
        for said in ("代表甲代表：", "办理结果：A 已解决", "公开方式：全文公开", "签发人：签发人甲", case.number):
            assert said in text
        assert f"关于{case.number}号建议意见的答复函" in text


def test_an_anonymous_petitioner_stays_so(cast: Cast, login: Login, case: Suggestion) -> None:
    case.petitioners.all().delete()
    Suggestion.objects.filter(pk=case.pk).update(is_anonymous=True)
    for text in _both(login(cast.county_office), f"{case.get_absolute_url()}letter/"):
        assert "反映群众不愿透露身份" in text


def test_a_returned_reply_has_no_letter(cast: Cast, login: Login, case: Suggestion) -> None:
    Reply.objects.update(status="RETURNED")
    assert login(cast.county_office).get(f"{case.get_absolute_url()}letter/").status_code == 404


@pytest.mark.parametrize("typed", ["{{ 7*7 }}", "<b>好</b>", "a\x07b", "</w:t></w:p>"])
def test_what_people_typed_is_plain_text(cast: Cast, login: Login, case: Suggestion, typed: str) -> None:
    Reply.objects.update(text=f"第一段{typed}\n第二段")
    page, word = _both(login(cast.county_office), f"{case.get_absolute_url()}letter/")
    assert f"第一段{typed}".replace("\x07", "") in word
    assert "<b>好" not in page


def test_official_margins_and_fonts(cast: Cast, login: Login, case: Suggestion) -> None:
    content = login(cast.county_office).get(f"{case.get_absolute_url()}letter/word/").content
    document = Document(BytesIO(content))
    page = document.sections[0]
    found = (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
    for margin, wanted in zip(found, (37, 35, 28, 26), strict=True):
        assert abs(margin - Mm(wanted)) < Mm(0.1)
    assert 'w:eastAsia="仿宋"' in document.styles["Normal"].element.xml


@pytest.mark.parametrize("kind", SupervisionKind)
def test_a_notice_is_a_letter_to_the_unit(cast: Cast, login: Login, case_in: CaseIn, kind: SupervisionKind) -> None:
    notice = supervise(cast, case_in(State.HANDLING), kind)
    for text in _both(login(cast.unit_handler), f"/desk/supervision/{notice.pk}/paper/"):
        assert f"{kind.label}通知单" in text
        assert "交通运输局：" in text
        assert "海安县党代表联络工作办公室" in text
        assert "前书面回复" in text
        assert MASKED not in text
    assert login(cast.other_unit_handler).get(f"/desk/supervision/{notice.pk}/paper/").status_code == 404


def test_a_delegation_signs_what_it_sends(cast: Cast, login: Login, case_in: CaseIn) -> None:
    notice = supervise(cast, case_in(State.HANDLING))
    Suggestion.objects.update(assigned_level="TOWN")
    notice.issued_by = cast.town_office
    notice.save()
    assert "曲塘镇代表队" in _both(login(cast.county_office), f"/desk/supervision/{notice.pk}/paper/")[1]


def test_the_letter_rules_its_copies_and_speaks_chinese(cast: Cast, login: Login, case: Suggestion) -> None:
    content = login(cast.county_office).get(f"{case.get_absolute_url()}letter/word/").content
    document = Document(BytesIO(content))
    assert '<w:lang w:val="en-US" w:eastAsia="zh-CN"/>' in document.styles["Normal"].element.xml
    copies = next(row for row in document.paragraphs if row.text.startswith("抄送"))
    ruled = copies._p.xpath("w:pPr/w:pBdr/*")
    assert [side.tag.rpartition("}")[2] for side in ruled] == ["top", "bottom"]
    marks = [row.text.partition("：")[0] for row in document.paragraphs[:2]]
    assert marks == ["办理结果", "公开方式"]


@pytest.mark.parametrize("key", ["order", "survey"])
def test_the_columns_of_a_form_are_those_of_its_page(cast: Cast, login: Login, case: Suggestion, key: str) -> None:
    content = login(cast.county_office).get(f"{case.get_absolute_url()}{key}/word/").content
    document = Document(BytesIO(content))
    widths = [column.width for column in document.tables[0].columns]
    assert [round(width / Mm(1)) for width in widths if width] == [26, 63, 26, 63]
    head, signatures = (row for row in document.paragraphs if "\t" in row.text)
    assert head.text.startswith(f"编号：{case.number}\t")
    assert signatures.text.count("\t") == 2
    page = document.sections[0]
    assert page.page_width and page.left_margin and page.right_margin
    assert sum(width or 0 for width in widths) <= page.page_width - page.left_margin - page.right_margin + Mm(0.1)
