"""Lists taken away as a browser does."""

from io import BytesIO

from django.test import Client
from openpyxl import Workbook, load_workbook

from tests.uploads.pictures import read


def address_of(key: str) -> str:
    """Where the list `key` is taken away."""
    return f"/reports/exports/{key}.xlsx"


def exported(client: Client, key: str, query: str = "") -> Workbook:
    """The workbook of the list `key` by the conditions of `query`."""
    response = client.get(address_of(key) + query)
    assert response.status_code == 200, response.status_code
    return load_workbook(BytesIO(read(response)))


def rows_of(book: Workbook) -> list[tuple[object, ...]]:
    """What stands under the heads."""
    return list(book["清单"].iter_rows(min_row=2, values_only=True))


def terms_of(book: Workbook) -> dict[str, str]:
    """The second sheet."""
    return {str(row[0].value): str(row[1].value) for row in book["导出条件"].iter_rows()}
