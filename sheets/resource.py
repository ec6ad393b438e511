"""The base of every import and export: a sheet against the records there are, row by row, without a query per row."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import ModelResource
from import_export.results import RowResult
from tablib import Dataset

from sheets.blanks import Blanks
from sheets.bulk import insert, remember, through_of
from sheets.cells import writable
from sheets.columns import Column, Linked, Staged, normal
from sheets.table import Table, Typed
from sheets.writer import Cell

BATCH = 1000
CHUNK = 2000


class Outcome(StrEnum):
    """What a row does; the words on screen are the template's."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


OUTCOMES = {RowResult.IMPORT_TYPE_NEW: Outcome.NEW, RowResult.IMPORT_TYPE_UPDATE: Outcome.CHANGED}


@dataclass(frozen=True)
class Finding:
    """One row of the sheet: its number, what it does, what it is about, and the changes (head, from, to) or reasons."""

    number: int
    outcome: Outcome
    title: str
    details: list[Any]


class Preloaded(BaseInstanceLoader):  # type: ignore[misc]  # import-export is untyped
    """Finds the record of a row among those the resource has read."""

    def get_instance(self, row: Any) -> Any:
        return self.resource.known(row)


class SheetResource(ModelResource):  # type: ignore[misc]
    """Columns of one model. A subclass declares Columns, `key`, `subject`, `records` and `load`.

    `place` says whose records these are; only the subclass looks into it.
    """

    key = "code"
    subject = "name"
    renewed: tuple[str, ...] = ()
    """Columns that the model works out from others when it is stored."""

    class Meta:
        use_bulk = True
        batch_size: int | None = None
        skip_diff = True
        skip_unchanged = True
        report_skipped = True
        store_instance = True
        clean_model_instances = False
        instance_loader_class = Preloaded
        fields: tuple[str, ...] = ()
        """The declared columns, in the order of the sheet."""

    def __init__(self, place: Any) -> None:
        super().__init__()
        self.place = place
        self.table = Table([], [])
        self.records_by_key: dict[str, Any] = {}
        self.stripped: set[str] = set()
        self.seen: dict[Any, int] = {}
        self.row_number = 0

    @cached_property
    def columns(self) -> list[Column]:
        """In the order of the sheet."""
        return [self.fields[name] for name in self._meta.fields]

    @property
    def heads(self) -> list[str]:
        return [column.column_name for column in self.columns]

    @property
    def links(self) -> list[Linked]:
        return [column for column in self.columns if isinstance(column, Linked)]

    def get_import_fields(self) -> list[Column]:
        return self.columns

    # -- what a subclass says -------------------------------------------------------------------------------------

    def records(self) -> Any:
        """The queryset of the records a sheet of this place may be about."""
        raise NotImplementedError

    def exported(self) -> Any:
        """The queryset of an export that can be imported again."""
        return self.records()

    def load(self) -> None:
        """Read the rows that related columns name, and tell those columns."""

    def start(self, instance: Any) -> None:
        """Fill what no column holds into a new record."""

    def rules(self, instance: Any) -> Iterator[str]:
        """Sentences against a new or changed record as a whole."""
        yield from ()

    def unknown(self, key: str) -> Iterator[str]:
        """Sentences against a key that is new to this place."""
        yield from ()

    # -- out ------------------------------------------------------------------------------------------------------

    def cells(self, queryset: Any) -> Iterator[list[Cell]]:
        """The rows of an export, streamed."""
        self.load()
        records = queryset.iterator(chunk_size=CHUNK)
        while chunk := list(islice(records, CHUNK)):
            yield from self.lines(chunk)

    def lines(self, records: Sequence[Any]) -> Iterator[list[Cell]]:
        """The rows of some records, once `load` was called (a query for each column of several values)."""
        self._read_links([record.pk for record in records])
        for record in records:
            yield [column.cell(record) for column in self.columns]

    def _read_links(self, pks: Any) -> None:
        for column in self.links:
            through, own, other = through_of(self._meta.model, column.attribute)
            rows = through.objects.filter(**{f"{own}__in": pks})
            column.links = {}
            for pk, linked in rows.order_by(own, other).values_list(own, other):
                column.links.setdefault(pk, []).append(linked)

    # -- in -------------------------------------------------------------------------------------------------------

    def examine(self, table: Table, *, lock: bool = False) -> list[Finding]:
        """What each row of `table` would do. Writes nothing, but inside `storing`.

        With `lock` the records are locked first: call it inside the transaction that stores.
        """
        self.table = table
        self.load()
        for column in self.columns:
            column.forget()
        self._read_records(lock=lock)
        result = self.import_data(Dataset(*table.rows, headers=self.heads), use_transactions=False, raise_errors=False)
        for failure in (*result.base_errors, *(error for row in result.rows for error in row.errors)):
            raise failure.error  # a defect of ours, never the sheet's
        return [self._finding(row, place) for place, row in enumerate(result.rows)]

    def _read_records(self, *, lock: bool) -> None:
        records = self.records()
        rows = records.select_for_update(of=("self",)) if lock else records
        self.records_by_key = {writable(getattr(record, self.key)): _opened(record) for record in rows}
        self.stripped = {key.lstrip("0") for key in self.records_by_key if key.startswith("0")}
        self._read_links(records.order_by().values("pk"))

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        """Remember which row of the sheet this is."""
        self.row_number = self.table.numbers[kwargs["row_number"] - 1]

    def known(self, row: Any) -> Any:
        """The record that `row` names; None where it is new. Raises ValidationError for a key that cannot be used."""
        column = self.fields[self.key]
        text = row[column.column_name]
        record = self.records_by_key.get(text) or self.records_by_key.get(normal(text))
        if record is None:
            self._refuse_unusable(row, column)
        first = self.seen.setdefault(record.pk if record else normal(text), self.row_number)
        if first != self.row_number:
            raise ValidationError(f"{column.column_name}与第 {first} 行重复，请只留一行")
        return record

    def _refuse_unusable(self, row: Any, column: Column) -> None:
        text = row[column.column_name]
        if isinstance(text, Typed) and text in self.stripped:
            raise ValidationError(
                f"{column.column_name}“{text}”是数字格式，开头的 0 丢了。请把这一列设为“文本”，重新填写"
            )
        try:
            key = column.clean(row)
        except ValueError as error:
            raise ValidationError(str(error)) from None
        if sentences := list(self.unknown(key)):
            raise ValidationError(sentences)

    def init_instance(self, row: Any = None) -> Any:
        instance = _opened(self.blanks.new())
        self.start(instance)
        return instance

    @cached_property
    def blanks(self) -> Blanks:
        return Blanks(self._meta.model)

    def import_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        """Every cell of the row; the sentences of all cells that cannot be read are raised together."""
        errors = {}
        for column in self.columns:
            try:
                column.save(instance, row)
            except ValueError as error:
                errors[column.column_name] = ValidationError(str(error))
        if errors:
            raise ValidationError(errors)

    def bulk_create(self, *args: Any, **kwargs: Any) -> None:
        """Nothing yet: `storing` writes, once every row is known to be good."""

    bulk_update = bulk_create

    def after_import(self, *args: Any, **kwargs: Any) -> None:
        """The library's own sets the counter of ids back to the last row it sees, whatever others will store."""

    def skip_row(self, instance: Any, original: Any, row: Any, import_validation_errors: Any = None) -> bool:
        """A stored record that the row leaves as it is."""
        return not (instance._state.adding or instance.noted or import_validation_errors)

    def validate_instance(
        self,
        instance: Any,
        import_validation_errors: Any = None,
        validate_unique: bool = True,  # noqa: FBT001, FBT002
    ) -> None:
        """All sentences at once: those of the cells, then, where the cells are good, those of the whole record."""
        found = (import_validation_errors or {}).values()
        errors = [sentence for cell in found for sentence in ValidationError(cell).messages]
        if errors := errors or list(self.rules(instance)):
            raise ValidationError(errors)

    def _finding(self, row: Any, place: int) -> Finding:
        cells = self.table.rows[place]
        at = dict(zip(self._meta.fields, cells, strict=True))
        title = f"{at[self.key]} {at[self.subject]}".strip()[:80]
        number = self.table.numbers[place]
        if row.validation_error:
            return Finding(number, Outcome.REFUSED, title, list(row.validation_error.messages))
        outcome = OUTCOMES.get(row.import_type, Outcome.SAME)
        noted = row.instance.noted if outcome == Outcome.CHANGED else []
        return Finding(number, outcome, title, [[column.column_name, *words] for column, *words in noted])

    # -- storing --------------------------------------------------------------------------------------------------

    @contextmanager
    def storing(self, actor: Any) -> Iterator[None]:
        """What is examined inside stands written at the end, unless the caller raises. Inside a transaction."""
        yield
        self.store(actor)

    def store(self, actor: Any) -> None:
        """Write what `examine` found new or changed, with history rows in the name of `actor`."""
        manager, now = self._meta.model.objects, timezone.now()
        new, changed = self.create_instances, self.update_instances
        insert(self._meta.model, new)
        for row in changed:
            for name in self.renewed:
                row._meta.get_field(name).pre_save(row, add=False)
        columns = {column for row in changed for column, *_words in row.noted if not isinstance(column, Staged)}
        if columns:
            names = {name for column in columns for name in column.writes}
            manager.bulk_update(changed, [*names, *self.renewed], batch_size=BATCH)
        self._store_links([*new, *changed])
        remember(self._meta.model, [row.pk for row in new], "+", actor, now)
        remember(self._meta.model, [row.pk for row in changed], "~", actor, now)

    def _store_links(self, rows: Iterable[Any]) -> None:
        for column in self.links:
            staged = {row.pk: row.staged[column.attribute] for row in rows if column.attribute in row.staged}
            through, own, other = through_of(self._meta.model, column.attribute)
            through.objects.filter(**{f"{own}__in": [pk for pk in staged if pk in column.links]}).delete()
            links = (through(**{own: pk, other: linked}) for pk, ids in staged.items() for linked in ids)
            insert(through, links)


def _opened(record: Any) -> Any:
    """A record with room for what a row says: changes in words, values before, lists to be stored."""
    record.noted, record.was, record.staged = [], {}, {}
    return record
