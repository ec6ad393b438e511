"""Every seat says why it is as it is, in words an office understands (domain.md §5)."""

from datetime import date

from appointments.rostering import Member, draft
from tests.appointments.worlds import FIRST, member, world


def _reasons(weeks: int, studios: int, *members: Member) -> list[str]:
    return [seat.reason for seat in draft(world(weeks, studios, *members)).seats]


def test_who_served_longest_ago() -> None:
    crew = [member(1, 1, last_on=date(2026, 8, 1)), member(2, 1, last_on=date(2026, 8, 15))]
    assert _reasons(1, 1, *crew) == ["最久没有值班：上次 8月1日"]


def test_who_never_served() -> None:
    assert _reasons(1, 1, member(1, 1), member(2, 1, last_on=date(2026, 8, 15), served=1)) == ["近一年没有值过班"]


def test_the_only_one() -> None:
    assert _reasons(1, 1, member(1, 1)) == ["这天只有这一位能到"]


def test_everybody_is_needed() -> None:
    assert _reasons(1, 2, member(1, 1, 2), member(2, 1, 2)) == ["这天能到的代表都已排班"] * 2


def test_fewer_duties_than_the_others() -> None:
    crew = [member(1, 1, served=3, last_on=date(2026, 8, 1)), member(2, 1, served=1, last_on=date(2026, 8, 8))]
    assert _reasons(1, 1, *crew) == ["值班次数不多于能到的其他代表：本期 1 次"]


def test_who_is_hindered_and_how() -> None:
    away = frozenset({FIRST})
    crew = [member(1, 1, on_leave=away), member(2, 1, on_leave=away), member(3, 1, busy=away), member(4, 1)]
    elsewhere = [member(number, 2, on_leave=away) for number in (5, 6)]
    result = draft(world(1, {1: 2, 2: 1}, *crew, *elsewhere))
    assert [seat.reason for seat in result.seats if seat.representative is None] == [
        "这天 4 位代表都不能到：2 人请假，1 人另有约见，1 人已在值班",
        "这天 2 位代表都不能到：2 人请假",
    ]


def test_a_studio_without_people() -> None:
    assert _reasons(1, 1, member(1, 2)) == ["这个工作室没有在任代表"]
