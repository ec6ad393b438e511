"""`manage.py generate_roster` prints what a roster would look like and writes nothing."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from appointments.models import Roster
from studios.enums import StudioStatus
from studios.models import Studio
from tests.cast import Cast
from tests.representatives.factories import RepresentativeFactory

PERIOD = ["--from", "2026-12-01", "--to", "2026-12-31"]


def _said(*arguments: str) -> str:
    out = StringIO()
    call_command("generate_roster", *arguments, stdout=out)
    return out.getvalue()


def _answer(*arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_said(*arguments, "--json"))
    return found


def test_one_delegation(cast: Cast) -> None:
    answer = _answer("--delegation", "曲塘镇", *PERIOD)
    assert [row["date"] for row in answer["seats"]] == ["2026-12-05", "2026-12-12", "2026-12-19", "2026-12-26"]
    assert answer["seats"][0] == {
        "date": "2026-12-05",
        "studio": cast.studio.name,
        "representative": "代表甲",
        "reason": "这天只有这一位能到",
    }
    assert answer["delegations"] == [
        {"name": "曲塘镇代表队", "spread_reached": 0, "spread_attainable": 0, "bottleneck": None}
    ]
    assert answer["unfilled"] == []
    assert len(answer["hash"]) == 64
    assert not Roster.objects.exists()


def test_the_whole_county_twice_the_same(cast: Cast) -> None:
    RepresentativeFactory(delegation=cast.other_town, studios=[cast.other_studio])
    RepresentativeFactory(delegation=cast.town, studios=[cast.studio])
    answer = _answer("--county", "海安", *PERIOD)
    assert [row["name"] for row in answer["delegations"]] == ["曲塘镇代表队", "李堡镇代表队"]
    assert _answer("--county", "海安", *PERIOD) == answer
    assert _answer("--county", "海安", *PERIOD, "--people", "2")["unfilled"]


def test_a_table_to_read(cast: Cast) -> None:
    text = _said("--delegation", "曲塘镇代表队", "--from", "2026-09-20", "--to", "2026-10-31", "--holidays", "move")
    assert "曲塘镇代表队：次数相差 0，最少可到 0；瓶颈：无" in text
    assert "2026-10-10 调休上班日" in text
    assert "2026-09-26 节假日，由 9月26日 改期" in text
    assert "代表甲（间隔不足）" in text


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([*PERIOD], "--delegation 或 --county"),
        (["--county", "海安", "--delegation", "曲塘镇", *PERIOD], "--delegation 或 --county"),
        (["--county", "无名", *PERIOD], "没有名为“无名”的县"),
        (["--delegation", "无名", *PERIOD], "没有名为“无名”的代表队"),
        (["--county", "海安", "--from", "2026-12-32", "--to", "2026-12-31"], "日期要写成"),
        (["--county", "海安", "--from", "2026-12-31", "--to", "2026-12-01"], "结束日期早于开始日期"),
        (["--county", "海安", "--from", "2026-12-01", "--to", "2028-12-01"], "最多排一年"),
        (["--county", "海安", *PERIOD, "--holidays", "never"], "skip、move 或 keep"),
        (["--county", "海安", *PERIOD, "--people", "0"], "至少是 1"),
        (["--delegation", "李堡镇", *PERIOD], "没有在任的代表"),
    ],
)
def test_bad_arguments_get_a_sentence(cast: Cast, arguments: list[str], sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        _said(*arguments)


def test_a_county_without_studios(cast: Cast) -> None:
    Studio.objects.update(status=StudioStatus.CLOSED)
    with pytest.raises(CommandError, match="没有可以排班的代表队"):
        _said("--county", "海安", *PERIOD)


def test_two_delegations_of_one_short_name(cast: Cast) -> None:
    type(cast.town).objects.filter(pk=cast.other_town.pk).update(short_name="曲塘镇")
    with pytest.raises(CommandError, match="不止一个"):
        _said("--delegation", "曲塘镇", *PERIOD)
