"""Every report: the preview is the sheet cell by cell, sums add up, rates come from counts, numbers have their rows."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db.models import Sum
from django.http import QueryDict
from django.test import Client
from django.urls import resolve
from openpyxl import load_workbook

from accounts.models import User
from reports.official.building import statistic
from reports.official.catalogue import LATE, REPORTS, Report
from reports.official.columns import Figure
from reports.official.question import question_of
from reports.official.table import Cell, Look, Table, Weight
from reports.rows import Rows
from reports.stats import MEASURES, PLACE_OF, Ratio
from sheets.cells import guarded
from studios.measures import Span, counted_rows
from studios.rates import percent
from tests.cast import Cast
from tests.reports.worlds import random_world

Login = Callable[[User], Client]
TODAY = date(2026, 12, 31)
COUNTED = [report for report in REPORTS.values() if report is not LATE]
EVERY = [(report, grouping.key) for report in COUNTED for grouping in report.groupings]


def _table(user: User, report: Report, query: str) -> Table:
    return statistic(user, question_of(user, report, QueryDict(query), TODAY)[0])


def _figures(report: Report) -> list[Figure]:
    return list(report.versions[0].figures)


def _shown(cell: Cell) -> Any:
    """What the sheet must hold for a cell of the preview."""
    if cell.value is None:
        return "—"
    if cell.value == "":
        return None
    if isinstance(cell.value, Decimal):
        return pytest.approx(float(cell.value) / (100 if cell.look == Look.PERCENT else 1))
    return guarded(cell.value) if isinstance(cell.value, str) else cell.value


@pytest.mark.parametrize("key", REPORTS)
def test_the_sheet_holds_the_preview_cell_by_cell(cast: Cast, login: Login, key: str) -> None:
    random_world(cast, seed=5)
    client = login(cast.leader)
    table = client.get(f"/reports/{key}/?period=all").context["table"]
    book = load_workbook(BytesIO(client.get(f"/reports/{key}.xlsx?period=all").content))
    page = book["统计表"]
    depth = len(table.head_rows)
    assert page["A1"].value == table.title
    for row in table.head_rows:
        for cell in row:
            assert page.cell(3 + cell.row, 1 + cell.column).value == cell.text
    for number, line in enumerate(table.lines, start=3 + depth):
        found = [cell.value.date() if isinstance(cell.value, datetime) else cell.value for cell in page[number]]
        assert found == [_shown(cell) for cell in line.cells], number
        for cell, shown in zip(page[number], line.cells, strict=True):
            if isinstance(shown.value, Decimal):
                assert cell.number_format == ("0.00%" if shown.look == Look.PERCENT else "0.00")
            assert bool(cell.font.bold) == (line.weight != Weight.ROW)
    end = 3 + depth + len(table.lines)
    assert page.cell(end, 1).value.startswith("单位负责人：")
    assert page.cell(end + 1, 1).value == "说明：" + "；".join(table.notes)
    assert page.print_title_rows == f"$3:${2 + depth}"


@pytest.mark.parametrize(("report", "by"), EVERY, ids=lambda value: getattr(value, "key", value))
def test_rows_subtotals_and_total_add_up_and_rates_come_from_counts(cast: Cast, report: Report, by: str) -> None:
    random_world(cast, seed=2)
    table = _table(cast.leader, report, f"period=all&by={by}")
    figures = _figures(report)
    width = len(table.heads) - len(figures)
    sums: list[int] = [0] * len(figures)
    part: list[int] = [0] * len(figures)
    for line in table.lines:
        cells = line.cells[width:]
        counts = [cell.value if cell.look == Look.NUMBER else 0 for cell in cells]
        expected = {Weight.SUBTOTAL: part, Weight.TOTAL: sums}.get(line.weight, counts)
        assert counts == expected
        if line.weight == Weight.ROW:
            sums = [a + b for a, b in zip(sums, counts, strict=True)]  # type: ignore[operator]
            part = [a + b for a, b in zip(part, counts, strict=True)]  # type: ignore[operator]
        elif line.weight == Weight.SUBTOTAL:
            part = [0] * len(figures)
    assert any(sums)
    columns = {figure.counts: place for place, figure in enumerate(figures) if not figure.where}
    for figure, place in ((figure, columns[figure.counts]) for figure in figures if not figure.where):
        ratio = figure.counts
        if isinstance(ratio, Ratio) and {ratio.numerator, ratio.denominator} <= set(columns) and not ratio.is_mean:
            rate = percent(sums[columns[ratio.numerator]], sums[columns[ratio.denominator]])
            assert table.total.cells[width + place].value == rate, ratio.label


@pytest.mark.parametrize(("report", "by"), EVERY, ids=lambda value: getattr(value, "key", value))
def test_every_number_leads_to_exactly_its_rows(cast: Cast, report: Report, by: str) -> None:
    random_world(cast, seed=8, size=8)
    visible = Rows.visible_to(cast.leader)
    table = _table(cast.leader, report, f"period=all&by={by}")
    some = [line for line in table.lines if line.weight != Weight.ROW]
    some += [line for line in table.lines if line.weight == Weight.ROW and any(_number(cell) for cell in line.cells)][
        :4
    ]
    checked = 0
    for cell in (cell for line in some for cell in line.cells if cell.is_linked):
        address = urlsplit(cell.url)
        query = QueryDict(address.query)
        place = PLACE_OF[query["measure"]]
        assert resolve(address.path).view_name == place.url_name
        span = Span(date.fromisoformat(query["from"]), date.fromisoformat(query["to"]), TODAY)
        rows = counted_rows((place.source,), getattr(visible, place.rows), query, span).rows
        measure = MEASURES[query["measure"]]
        if not measure.of:
            assert rows.count() == cell.value, cell.url
        elif isinstance(measure.of, str):
            assert (rows.aggregate(n=Sum(measure.of))["n"] or 0) == cell.value, cell.url
        checked += 1
    assert checked


def _number(cell: Cell) -> bool:
    return cell.look == Look.NUMBER and bool(cell.value)


def test_a_few_of_the_numbers_by_their_lists_on_screen(cast: Cast, login: Login) -> None:
    random_world(cast, seed=8)
    client = login(cast.leader)
    for address in ("handling/?period=all", "attendance/?period=all&by=representative", "compliance/"):
        table = client.get(f"/reports/{address}").context["table"]
        for line in (table.lines[0], table.total):
            for cell in [cell for cell in line.cells if cell.is_linked][:5]:
                words = client.get(cell.url).context["page"].count_words
                assert int("".join(filter(str.isdigit, words))) == cell.value, cell.url


def test_notes_say_the_formula_of_every_rate(cast: Cast) -> None:
    for report in COUNTED:
        for version in report.versions:
            notes = "；".join(report.notes(version.figures))
            for figure in version.figures:
                if isinstance(figure.counts, Ratio):
                    assert f"{figure.counts.label}＝{MEASURES[figure.counts.numerator].label}÷" in notes


def test_unassigned_cases_stand_in_a_row_of_their_own(cast: Cast) -> None:
    random_world(cast, seed=1)
    table = _table(cast.leader, REPORTS["collected"], "period=all&by=unit")
    names = [line.cells[table.name_column].value for line in table.lines]
    assert {"交通局", "住建局", "建设办", "未交办或退回待改派"} <= {*names}
    owners = [line.cells[1].value for line in table.lines if line.weight == Weight.SUBTOTAL]
    assert owners == ["县级单位", "曲塘镇", "其他"]
