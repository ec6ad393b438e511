"""走访 and numbered findings, whether they were adopted, and what becomes a case (domain.md §5)."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from appointments.models import Finding
from appointments.services import findings as services
from appointments.services import themes
from appointments.services.findings import TripEntry
from appointments.services.themes import TopicError
from suggestions import integrity
from suggestions.enums import Adoption, Level, ReplyStatus, State
from suggestions.models import Reply, Suggestion
from suggestions.services import turn_finding
from suggestions.services.intake import Matter
from suggestions.services.steps import GuardError
from tests.appointments.theming import event, finding
from tests.cast import Cast
from tests.representatives.factories import RepresentativeFactory

MATTER = Matter("主干道加装路灯", "三个路口没有路灯。", "ROADS", Level.TOWN)


@pytest.fixture(autouse=True)
def _a_tuesday() -> Iterator[None]:
    with time_machine.travel("2026-11-24 09:00 +0800", tick=False):
        yield


def test_numbers_run_without_a_gap_in_each_event(cast: Cast) -> None:
    one, other = event(cast), event(cast, held_on=date(2026, 12, 4))
    assert [finding(cast, row).number for row in (one, one, other, one)] == [1, 2, 1, 3]


@pytest.mark.parametrize(("title", "content"), [("", "有内容"), ("有标题", "  "), (" ", "")])
def test_a_finding_needs_its_words(cast: Cast, title: str, content: str) -> None:
    row = event(cast)
    with pytest.raises(TopicError, match="请写明建议的内容"):
        services.write_finding(event=row, title=title, content=content, actor=cast.town_office)
    assert not Finding.objects.exists()


@pytest.mark.parametrize("adoption", ["ADOPTED", "PARTLY"])
def test_adopted_means_adopted_somewhere(cast: Cast, adoption: str) -> None:
    row = finding(cast)
    given = {"finding": row, "adoption": adoption, "actor": cast.town_office}
    with pytest.raises(TopicError, match="采纳要写明写进了哪个文件或计划"):
        services.adopt_finding(where=" ", on=None, **given)  # type: ignore[arg-type]
    with pytest.raises(TopicError, match="采纳日期不能晚于今天"):
        services.adopt_finding(where="镇计划", on=date(2026, 11, 25), **given)  # type: ignore[arg-type]
    row.refresh_from_db()
    assert row.adoption == "OPEN"
    services.adopt_finding(where="镇计划", on=date(2026, 11, 20), **given)  # type: ignore[arg-type]
    row.refresh_from_db()
    assert (row.adoption, row.adopted_in) == (adoption, "镇计划")
    services.adopt_finding(finding=row, adoption="NOT", where="镇计划", on=None, actor=cast.town_office)
    row.refresh_from_db()
    assert (row.adopted_in, row.adopted_on) == ("", None)


def test_a_trip_names_who_went_and_is_not_ahead(cast: Cast) -> None:
    row = event(cast)
    seats = list(row.attendances.all())
    with pytest.raises(TopicError, match="走访日期不能晚于今天"):
        services.write_trip(
            event=row, entry=TripEntry("第一村", date(2026, 11, 25), 9), seats=seats, actor=cast.town_office
        )
    trip = services.write_trip(
        event=row, entry=TripEntry("第一村", date(2026, 11, 24), 9), seats=seats, actor=cast.town_office
    )
    services.write_trip(
        event=row, entry=TripEntry("第一村", date(2026, 11, 23), 8), seats=[], actor=cast.town_office, trip=trip
    )
    trip.refresh_from_db()
    assert (row.field_trips.count(), trip.people_met, trip.seats.count()) == (1, 8, 0)


def test_nothing_comes_of_what_was_called_off(cast: Cast) -> None:
    row = event(cast)
    themes.cancel_event(event=row, reason="防汛", actor=cast.town_office)
    with pytest.raises(TopicError, match="活动已取消"):
        finding(cast, row)


def test_a_liaison_turns_it_into_a_submitted_case(cast: Cast) -> None:
    row = finding(cast)
    case = turn_finding(finding=row, matter=MATTER, representative=cast.representative, actor=cast.liaison)
    assert (case.state, case.finding, case.appointment, case.studio) == (
        State.SUBMITTED,
        row,
        row.appointment,
        cast.studio,
    )
    with pytest.raises(GuardError, match="已经转为建议"):
        turn_finding(finding=row, matter=MATTER, representative=cast.representative, actor=cast.liaison)
    assert [problem for rule in integrity.RULES.values() for problem in rule()] == []
    for step in (
        lambda: services.adopt_finding(finding=row, adoption="ADOPTED", where="计划", on=None, actor=cast.town_office),
        lambda: services.write_finding(
            event=row.appointment, title="改", content="改", actor=cast.town_office, finding=row
        ),
    ):
        row.refresh_from_db()
        with pytest.raises(TopicError, match="这条已转为建议"):
            step()


def test_an_office_leaves_a_draft_for_those_who_submit(cast: Cast, client: Client) -> None:
    row = finding(cast)
    client.force_login(cast.town_office)
    given = {"representative": cast.representative.pk, "category": "ROADS", "level": "TOWN"}
    response = client.post(
        f"/desk/findings/{row.pk}/suggestion/", given | {"title": row.title, "content": row.content}, follow=True
    )
    assert "已转为建议草稿，由代表甲或工作室联络员提交。" in response.content.decode()
    case = Suggestion.objects.get()
    assert (case.state, case.title) == (State.DRAFT, row.title)
    assert case in Suggestion.objects.awaiting(cast.liaison)


def test_only_somebody_who_was_there_gives_the_name(cast: Cast) -> None:
    row = finding(cast)
    other = RepresentativeFactory(delegation=cast.town, name="代表丙")
    with pytest.raises(GuardError, match="请选择参加这次活动的党代表"):
        turn_finding(finding=row, matter=MATTER, representative=other, actor=cast.liaison)
    assert not Suggestion.objects.exists()


def _shown(row: Finding) -> tuple[str, str]:
    found = Finding.objects.with_adoption().get(pk=row.pk)
    return found.adopted, found.adopted_where  # type: ignore[attr-defined]


def test_the_reply_to_its_case_says_whether_it_was_adopted(cast: Cast) -> None:
    row = finding(cast)
    services.adopt_finding(finding=row, adoption="ADOPTED", where="镇计划", on=None, actor=cast.town_office)
    assert _shown(row) == ("ADOPTED", "镇计划")
    case = turn_finding(finding=row, matter=MATTER, representative=cast.representative, actor=cast.liaison)
    assert _shown(row) == ("ADOPTED", "镇计划")
    _reply(case, cast, Adoption.ADOPTED, "退回的答复", ReplyStatus.RETURNED)
    assert _shown(row) == ("ADOPTED", "镇计划")
    _reply(case, cast, Adoption.PARTLY, "2027 年道路计划", ReplyStatus.FORWARDED)
    assert _shown(row) == ("PARTLY", "2027 年道路计划")
    _reply(case, cast, Adoption.NOT, "", ReplyStatus.SUBMITTED)
    assert _shown(row) == ("NOT", "")


def _reply(case: Suggestion, cast: Cast, adoption: str, where: str, status: str) -> None:
    Reply.objects.create(
        suggestion=case,
        round=1,
        status=status,
        text="已研究",
        signer="签发人",
        result_class="A",
        adoption=adoption,
        adopted_where=where,
        disclosure="FULL",
        submitted_by=cast.unit_handler,
        submitted_at=timezone.now(),
    )
