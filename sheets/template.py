"""The template of a kind of sheet: what its columns say about themselves."""

from sheets.package import MAX_ROWS
from sheets.resource import SheetResource
from sheets.writer import FormColumn, form


def template_of(resource: SheetResource, title: str, advice: str = "") -> bytes:
    """A workbook to fill in for the place of `resource`: its towns and choices in drop-downs, and an example row."""
    resource.load()
    columns = [
        FormColumn(
            column.column_name,
            column.width,
            column.required,
            column.widget.words,
            column.advice,
            column.example or next(iter(column.widget.choices), "") if column.required else column.example,
            column.widget.choices,
            column.widget.is_strict,
        )
        for column in resource.columns
    ]
    notes = [
        "第 2 行是例子，导入时会跳过，可以留着也可以删去。",
        "标题行请不要改动；列的先后可以不同；空行会跳过。电话和编号请保持“文本”格式，免得丢了开头的 0。",
        f"一次最多 {MAX_ROWS} 行。有一行不能导入，整个文件都不导入，改好后再上传。",
        *filter(None, [advice]),
    ]
    return form(title, columns, notes)
