"""办理与答复 on one page: all three steps at once, or today what was done today; whole or not at all."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from suggestions import services
from suggestions.answers import adoption_of
from suggestions.enums import Adoption, ContactMethod, ContactParty, Disclosure, Opinion, ResultClass, State, Verb
from suggestions.models import Suggestion
from suggestions.services.intake import Visitor
from suggestions.services.steps import GuardError, MissingStepsError
from suggestions.services.together import Handled
from tests.cast import Cast
from tests.conftest import CaseIn
from tests.suggestions import asking, paths

Login = Callable[[User], Client]
BOTH = [ContactParty.REPRESENTATIVE, ContactParty.PETITIONER]
TEXT, MEASURES = "坑洼已修补。", "本周内修补坑洼"


def _post(client: Client, case: Suggestion, do: str = "reply", **changes: object) -> HttpResponse:
    """Everything the page asks for."""
    data: dict[str, object] = {"version": case.version, "do": do, "parties": BOTH, "method": "PHONE"}
    data |= {"contacted_on": str(timezone.localdate()), "measures": MEASURES, "opinion": "AGREE", "text": TEXT}
    data |= {"result_class": "A", "signer": "签发人甲", "disclosure": "FULL"} | changes
    return client.post(_url(case), data)


def _url(case: Suggestion) -> str:
    return reverse("suggestions:handle", args=[case.pk])


def _verbs(case: Suggestion) -> list[str]:
    return list(case.transitions.order_by("id").values_list("verb", flat=True))


def test_everything_at_once_is_three_steps_on_record(cast: Cast, login: Login, case_in: CaseIn) -> None:
    case = case_in(State.HANDLING)
    response = _post(login(cast.unit_handler), case)
    assert response.status_code == 302
    case = asking.fresh(case)
    assert (case.state, _verbs(case)[-3:]) == (State.REPLY_REVIEW, [Verb.RECORD_CONTACT, Verb.CONSULT, Verb.REPLY])
    assert sorted(case.contacts.values_list("party", flat=True)) == sorted(BOTH)
    assert case.transitions.get(verb=Verb.RECORD_CONTACT).detail == "党代表 电话、群众 电话"
    reply = case.replies.get()
    assert (reply.adoption, reply.disclosure, reply.promise_on) == (Adoption.ADOPTED, Disclosure.FULL, None)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"method": ""}, "请选择联系方式"),
        ({"parties": []}, "请选择联系了谁"),
        ({"measures": ""}, "请填写拟采取的措施"),
        ({"opinion": ""}, "代表还没有表示意见，不能答复"),
        ({"opinion": "DISAGREE"}, "不同意请写明理由"),
        ({"text": ""}, "请填写答复内容"),
        ({"result_class": "B"}, "选择 B 类结果，请填写承诺完成日期"),
        ({"signer": ""}, "请填写签发人"),
        ({"contacted_on": "2020-01-01"}, "联系日期不能早于交办日期"),
        ({"parties": ["REPRESENTATIVE"]}, "尚未联系反映群众"),
        ({"method": "VIA_REPRESENTATIVE"}, "党代表请直接联系"),
    ],
)
def test_one_mistake_and_nothing_is_written(
    cast: Cast, login: Login, case_in: CaseIn, changes: dict[str, object], sentence: str
) -> None:
    case = case_in(State.HANDLING)
    before = _verbs(case)
    response = _post(login(cast.unit_handler), case, note="约在村口见面", **changes)
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert "约在村口见面" in page
    assert "有 1 处需要修改" in page
    assert _verbs(case) == before
    assert not case.contacts.exists()


def test_only_the_contact_today_the_rest_next_week(cast: Cast, login: Login, case_in: CaseIn) -> None:
    case, client = case_in(State.HANDLING), login(cast.unit_handler)
    kept = _post(client, case, "save", measures="", opinion="", text="", result_class="", signer="")
    assert (kept.status_code, kept.url) == (302, _url(case))
    case = asking.fresh(case)
    assert _verbs(case)[-1] == Verb.RECORD_CONTACT
    page = client.get(_url(case))
    assert list(page.context["parts"]) == ["consult", "reply"]
    assert _post(client, case).status_code == 302
    assert asking.fresh(case).contacts.count() == 2


def test_a_reply_begun_too_early_stays_on_the_page(cast: Cast, login: Login, case_in: CaseIn) -> None:
    case, client = case_in(State.HANDLING), login(cast.unit_handler)
    page = _post(client, case, "save", opinion="", signer="")
    assert page.status_code == 200
    assert _verbs(case)[-2:] == [Verb.RECORD_CONTACT, Verb.CONSULT]
    words = page.content.decode()
    assert "答复还没有提交" in words
    assert TEXT in words
    assert f'name="version" value="{asking.fresh(case).version}"' in words


def test_nothing_begun_is_nothing_to_save(cast: Cast, login: Login, case_in: CaseIn) -> None:
    case = case_in(State.HANDLING)
    page = _post(login(cast.unit_handler), case, "save", method="", measures="", opinion="")
    assert page.status_code == 422
    assert "三步都还没有填写" in page.content.decode()
    assert TEXT in page.content.decode()


def test_whoever_comes_second_keeps_every_word(cast: Cast, login: Login, case_in: CaseIn) -> None:
    case, client = case_in(State.HANDLING), login(cast.unit_handler)
    _post(client, case, "save", opinion="", text="", result_class="")
    late = _post(client, case)
    page = late.content.decode()
    assert late.status_code == 409
    assert "经办人甲 刚刚已征询代表意见" in page
    assert TEXT in page
    assert "联系方式：</strong>电话" in page
    renewed = late.context["form"].version
    assert client.post(_url(case), {**_typed(late), "version": renewed, "do": "reply"}).status_code == 302


def test_whoever_comes_second_keeps_every_tick(cast: Cast, login: Login, case_in: CaseIn) -> None:
    case, client = case_in(State.HANDLING), login(cast.unit_handler)
    for ticked in (BOTH[:1], BOTH[1:], BOTH):
        late = _post(client, case, version=case.version - 1, parties=ticked)
        assert late.status_code == 409
        boxes = late.context["parts"]["contact"]["parties"].subwidgets
        assert [box.data["value"] for box in boxes if box.data["selected"]] == ticked


def _typed(response: HttpResponse) -> dict[str, object]:
    """What the fields of the page hold."""
    fields = [field for form in response.context["parts"].values() for field in form if field.name != "version"]
    return {field.name: field.value() for field in fields if field.value() is not None}


@pytest.mark.parametrize(("version", "status"), [("-1", 409), ("9" * 18, 409), ("9" * 5000, 422), ("abc", 422)])
def test_a_version_no_page_showed_writes_nothing(
    cast: Cast, login: Login, case_in: CaseIn, version: str, status: int
) -> None:
    case = case_in(State.HANDLING)
    assert _post(login(cast.unit_handler), case, version=version).status_code == status
    assert not case.contacts.exists()


def test_a_case_taken_away_meanwhile_keeps_the_words(cast: Cast, login: Login, case_in: CaseIn) -> None:
    case = asking.ask_return(case_in(State.HANDLING), cast)
    asking.grant_return(case, cast)
    late = _post(login(cast.unit_handler), case)
    assert late.status_code == 409
    assert TEXT in late.content.decode()


def test_an_answered_case_is_not_answered_again(cast: Cast, login: Login, case_in: CaseIn) -> None:
    case = case_in(State.REPLY_REVIEW)
    late = _post(login(cast.unit_handler), case, version=case.version - 1)
    assert late.status_code == 409
    assert late.context["form"] is None
    assert case.replies.count() == 1


def test_one_contact_tells_how_each_was_reached(cast: Cast, login: Login, case_in: CaseIn) -> None:
    """A petitioner who keeps the phone to the representative is reached through them."""
    case = case_in(State.HANDLING, replace(paths.VISITOR, releases_contact=False))
    _post(login(cast.unit_handler), case, "save", measures="", opinion="", text="")
    assert dict(case.contacts.values_list("party", "method")) == {
        ContactParty.REPRESENTATIVE: ContactMethod.PHONE,
        ContactParty.PETITIONER: ContactMethod.VIA_REPRESENTATIVE,
    }


def test_a_phone_that_was_kept_is_not_called(cast: Cast, login: Login, case_in: CaseIn) -> None:
    case, client = case_in(State.HANDLING, replace(paths.VISITOR, releases_contact=False)), login(cast.unit_handler)
    page = _post(client, case, parties=BOTH[1:])
    assert page.status_code == 422
    assert page.context["parts"]["contact"].errors["method"] == [
        "群众没有同意告知联系方式，请通过代表联系，并选“通过代表”"
    ]
    assert not case.contacts.exists()
    through = {"parties": BOTH[1:], "method": "VIA_REPRESENTATIVE", "text": "", "result_class": ""}
    assert _post(client, case, "save", **through).status_code == 302
    assert case.contacts.get().method == ContactMethod.VIA_REPRESENTATIVE


def test_nobody_but_the_representative_is_asked_of_an_anonymous_case(cast: Cast, login: Login, case_in: CaseIn) -> None:
    case = case_in(State.HANDLING, Visitor())
    client = login(cast.unit_handler)
    assert "反映群众" not in str(client.get(_url(case)).context["parts"]["contact"]["parties"])
    assert _post(client, case).status_code == 422  # the petitioner is not among the choices
    assert _post(client, case, parties=["REPRESENTATIVE"]).status_code == 302


def test_units_that_share_take_the_first_steps_together(cast: Cast, login: Login) -> None:
    case = asking.shared(cast)
    assert _post(login(cast.unit_handler), case).status_code == 302
    other = login(cast.other_unit_handler)
    page = other.get(_url(case))
    assert list(page.context["parts"]) == ["reply"]
    done = other.post(
        _url(case),
        {"version": asking.fresh(case).version, "do": "reply", "text": TEXT, "result_class": "C", "signer": "签发人乙"}
        | {"disclosure": "FULL"},
    )
    assert done.status_code == 302
    case = asking.fresh(case)
    assert (case.state, case.result_class) == (State.REPLY_REVIEW, ResultClass.C)
    assert [row.adoption for row in case.replies.all()] == [Adoption.ADOPTED, Adoption.NOT]
    assert login(cast.unit_handler).get(_url(case)).context["form"] is None


def test_no_reply_is_written_while_a_helper_has_not_signed(cast: Cast, login: Login) -> None:
    case, client = asking.helped(cast), login(cast.unit_handler)
    page = client.get(_url(case))
    assert list(page.context["parts"]) == ["contact", "consult"]
    assert 'value="reply"' not in page.content.decode()
    assert _post(client, case).status_code == 302  # saves the first two, whatever the button said
    assert _verbs(case)[-1] == Verb.CONSULT
    case = asking.countersign(asking.fresh(case), cast)
    assert list(client.get(_url(case)).context["parts"]) == ["reply"]


def test_the_unit_s_last_signer_stands_there(cast: Cast, login: Login, case_in: CaseIn) -> None:
    asking.hand_in(_stepped(case_in(State.HANDLING), cast), cast, "unit_handler", signer="签发人丙")
    page = login(cast.unit_handler).get(_url(case_in(State.HANDLING)))
    assert page.context["parts"]["reply"]["signer"].value() == "签发人丙"
    other = asking.shared(cast)
    assert not login(cast.other_unit_handler).get(_url(other)).context["parts"]["reply"]["signer"].value()


def test_a_part_that_was_sent_back_is_offered_to_its_own_unit(cast: Cast, login: Login) -> None:
    case = _stepped(asking.shared(cast), cast)
    for who, text in (("unit_handler", "路面"), ("other_unit_handler", "管网")):
        asking.hand_in(case, cast, who, text=text)
    services.return_reply(suggestion=case, actor=cast.county_office, version=None, reason="请补充", parts=[])
    for who, text in (("unit_handler", "路面"), ("other_unit_handler", "管网")):
        assert login(getattr(cast, who)).get(_url(case)).context["parts"]["reply"]["text"].value() == text


def _stepped(case: Suggestion, cast: Cast) -> Suggestion:
    paths.take_two_steps(case, cast)
    return asking.fresh(case)


@pytest.mark.parametrize(
    ("result", "adoption"),
    [("A", Adoption.ADOPTED), ("B", Adoption.ADOPTED), ("C", Adoption.NOT), ("D", Adoption.NOT)],
)
def test_adoption_follows_the_result_where_nobody_says(result: str, adoption: Adoption) -> None:
    assert adoption_of(result) == adoption


def test_a_promise_is_kept_for_class_b_alone(cast: Cast, login: Login, case_in: CaseIn) -> None:
    case = case_in(State.HANDLING)
    _post(login(cast.unit_handler), case, result_class="C", promise_on="2099-01-01", adoption="PARTLY")
    reply = case.replies.get()
    assert (reply.promise_on, reply.adoption) == (None, Adoption.PARTLY)


def test_steps_taken_together_stand_or_fall_together(cast: Cast, case_in: CaseIn) -> None:
    case = case_in(State.HANDLING)
    contact = {"reached": {ContactParty.REPRESENTATIVE: ContactMethod.PHONE}, "contacted_on": timezone.localdate()}
    consultation = {"measures": MEASURES, "opinion": Opinion.AGREE}
    with pytest.raises(MissingStepsError):
        services.handle_suggestion(
            suggestion=case,
            actor=cast.unit_handler,
            version=case.version,
            handled=Handled(contact, consultation, paths.REPLY),
        )
    with pytest.raises(GuardError, match="请选择联系了谁"):
        services.handle_suggestion(
            suggestion=case, actor=cast.unit_handler, version=None, handled=Handled(contact | {"reached": {}})
        )
    assert asking.fresh(case).version == case.version
    assert not case.contacts.exists()
    assert not case.consultations.exists()


def test_a_login_that_ran_out_costs_no_word_and_no_tick(cast: Cast, case_in: CaseIn) -> None:
    case, client = case_in(State.HANDLING), Client()
    assert _post(client, case, parties=BOTH[:1], method="LETTER").status_code == 302
    client.force_login(cast.unit_handler)
    form = client.get(_url(case)).context["form"]
    assert form.forms["reply"]["text"].value() == TEXT
    assert form.forms["contact"]["parties"].value() in (BOTH[:1], BOTH[0])
    client = Client()
    _post(client, case)
    client.force_login(cast.unit_handler)
    assert client.get(_url(case)).context["form"].forms["contact"]["parties"].value() == BOTH
