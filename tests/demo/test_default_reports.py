"""The reports of the default county print the figures of the founding document."""

from decimal import Decimal

import pytest
from django.http import QueryDict

from accounts.models import User
from reports.official.building import statistic
from reports.official.catalogue import COLLECTIVE, COMPLIANCE, HEADLINE, Report
from reports.official.question import question_of
from reports.official.table import Value
from tests.ground import TODAY

pytestmark = pytest.mark.usefixtures("default_county")


def _total(report: Report, query: str) -> dict[str, Value]:
    """合计 by the words of the head."""
    leader = User.objects.get(username="leader")
    table = statistic(leader, question_of(leader, report, QueryDict(query), TODAY)[0])
    return {"·".join(head.levels): cell.value for head, cell in zip(table.heads, table.total.cells, strict=True)}


def test_the_results_paragraph(db: None) -> None:
    found = _total(HEADLINE, "period=all")
    assert found["建议意见·收集件数"] == 1391
    assert found["建议意见·已办结件数"] == 1072
    assert found["建议意见·办结率"] == Decimal("77.07")
    assert found["群众和代表评价·满意率（含基本满意）"] == Decimal("99.41")
    assert (found["约见·主题约见场次"], found["约见·集中约见场次"]) == (212, 51)


def test_the_collective_day_of_the_third_quarter(db: None) -> None:
    found = _total(COLLECTIVE, "q=2026Q3")
    assert (found["党代表参加情况·应到人数"], found["党代表参加情况·实到人数"]) == (319, 305)
    assert found["党代表参加情况·约见参与率"] == Decimal("95.61")


def test_the_studios_by_kind(db: None) -> None:
    found = _total(COMPLIANCE, "")
    kinds = ("县工作室", "镇工作室", "个人工作室", "合计")
    assert [found[f"{kind}·启用"] for kind in kinds] == [17, 228, 21, 266]
