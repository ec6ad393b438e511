"""Columns of an office's old ledger (台账): every line becomes one case, and none is ever changed by a ledger."""

from collections.abc import Iterator, Set
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from accounts.imports import ImportKind, register
from accounts.models import Organization, User
from accounts.resources import OFFICES, DelegationResource
from appointments.enums import Category
from representatives.models import Representative
from sheets.bulk import Insert, inserting
from sheets.cells import writable
from sheets.columns import Choice, Day, Words, normal
from sheets.lookups import Related
from sheets.resource import SheetResource
from studios.clocks import words
from studios.models import Studio
from suggestions.enums import HANDLING_STATES, Complexity, Evaluator, Level, Rating, State
from suggestions.ledger import STAGES, faults
from suggestions.ledger_columns import Number, Person, Result, Told
from suggestions.ledger_numbers import LedgerNumbers
from suggestions.models import Evaluation, Reply, Suggestion
from suggestions.services.ledger import FEW, Clocks, LedgerWriter

CHUNK = 2000
IDENTIFYING = ("number", "title", "submitted_on", "representative_id")
REVOCABLE = HANDLING_STATES | {State.REPLY_REVIEW}
"""States whose clock runs, or may run on."""

Identity = tuple[str, date | None, int | None]


class LedgerResource(DelegationResource):
    """Cases, found by number, else by title, day of submission and representative."""

    key, subject = "number", "title"
    insert: Insert | None = None
    writer: LedgerWriter | None = None
    """While what is examined is stored as well."""

    number = Told(
        "number", "编号", Number(24), example="示例-2024-001", width=20, advice="台账上的编号；没有就空着，导入时补编"
    )
    title = Told("title", "标题", Words(80), required=True, example="修补演示村口道路", width=30)
    content = Told("content", "内容", Words(4000), width=40, advice="不填即与标题相同")
    category = Told(
        "category", "类别", Choice(Category.choices), default=Category.OTHER, example="道路交通", advice="不填即“其他”"
    )
    representative_id = Told("representative_id", "代表姓名或证号", Person(), required=True, example="张演示", width=16)
    delegation_id = Told(
        "delegation_id", "代表队", Related("代表队"), width=16, advice="不填即工作室或党代表所在的代表队"
    )
    studio_id = Told("studio_id", "工作室", Related("工作室"), width=30)
    submitted_on = Told("submitted_on", "提交日期", Day(), required=True, example="2024-03-02")
    accepted_on = Told("accepted_on", "受理日期", Day(), example="2024-03-04")
    assigned_on = Told("assigned_on", "交办日期", Day(), example="2024-03-05")
    unit_id = Told(
        "unit_id", "承办单位", Related("承办单位"), width=18, advice="镇属单位视为镇里交办，县级单位视为党联办交办"
    )
    complexity = Told("complexity", "难易", Choice(Complexity.choices), example="简单", advice="不填即“简单”", width=8)
    due_on = Told("due_on", "期限", Day(), advice="不填即按规定从交办日期推算")
    replied_on = Told("replied_on", "答复日期", Day(), example="2024-03-12")
    reply_text = Told("reply_text", "答复内容", Words(4000), width=40)
    result_class = Told("result_class", "办理结果", Result(), example="A 已解决", width=16)
    promise_on = Told("promise_on", "承诺日期", Day(), advice="B 类结果填写")
    forwarded_on = Told("forwarded_on", "转交日期", Day(), example="2024-03-13")
    representative_rating = Told("representative_rating", "代表评价", Choice(Rating.choices), example="满意", width=10)
    petitioner_rating = Told("petitioner_rating", "群众评价", Choice(Rating.choices), width=10)
    closed_on = Told("closed_on", "办结日期", Day(), example="2024-03-20")
    state = Told(
        "state",
        "状态",
        Choice((state.value, state.label) for state in STAGES),
        required=True,
        example="已办结",
        width=16,
    )

    class Meta(SheetResource.Meta):
        model = Suggestion
        import_id_fields = ("number",)
        batch_size = FEW
        fields = (
            *("number", "title", "content", "category", "representative_id", "delegation_id", "studio_id"),
            *("submitted_on", "accepted_on", "assigned_on", "unit_id", "complexity", "due_on"),
            *("replied_on", "reply_text", "result_class", "promise_on", "forwarded_on"),
            *("representative_rating", "petitioner_rating", "closed_on", "state"),
        )

    def load(self) -> None:
        """Delegations, studios, representatives and units of the county; drop-downs offer the importer's."""
        super().load()
        county = self.place.county
        studios = list(Studio.objects.filter(county=county).values_list("pk", "name", "code", "delegation_id"))
        self.town_of_studio = {pk: town for pk, *_names, town in studios}
        offered = [pk for pk, *_names, town in studios if self.place.has(town)]
        self.fields["studio_id"].widget.load(((pk, names) for pk, *names, _town in studios), offered)
        people = list(
            Representative.objects.standing()
            .filter(county=county)
            .values_list("pk", "name", "certificate_no", "delegation_id")
        )
        self.town_of_person = {pk: town for pk, *_names, town in people}
        self.fields["representative_id"].widget.load(((pk, names) for pk, *names, _town in people), ())
        units = list(
            Organization.objects.units()
            .filter(county=county)
            .values_list("pk", "short_name", "name", "code", "delegation_id", "is_active")
        )
        self.town_of_unit = {pk: town for pk, *_names, town, _is_active in units}
        offered = [pk for pk, *_names, town, is_active in units if is_active and (town is None or self.place.has(town))]
        self.fields["unit_id"].widget.load(((pk, names) for pk, *names, _town, _is_active in units), offered)
        self.numbers = LedgerNumbers(county)
        self.fields["number"].widget.numbers = self.numbers

    def records(self) -> Any:
        """Cases with what a ledger says about the first round."""
        replies = Reply.objects.filter(suggestion=OuterRef("pk"), round=1).order_by("-pk")
        told = {"reply_text": Subquery(replies.values("text")[:1])}
        for evaluator in Evaluator:
            ratings = Evaluation.objects.filter(suggestion=OuterRef("pk"), round=1, evaluator=evaluator)
            told[f"{evaluator.lower()}_rating"] = Subquery(ratings.values("outcome")[:1])
        return Suggestion.objects.filter(county=self.place.county).annotate(**told)

    def exported(self) -> Any:
        """What came from a ledger, to be looked at or imported once more."""
        return super().exported().filter(is_imported=True).order_by("pk")

    def start(self, instance: Any) -> None:
        super().start(instance)
        instance.reply_text = instance.representative_rating = instance.petitioner_rating = ""

    # -- what is there already ------------------------------------------------------------------------------------

    def _read_records(self, *, lock: bool) -> None:
        """Only the cases that the sheet may mean; with `lock` nobody issues a number until the end."""
        told = [(self.fields[name].column_name, self._meta.fields.index(name)) for name in IDENTIFYING]
        rows = [{head: row[at] for head, at in told} for row in self.table.rows]
        self.identities = dict(zip(self.table.numbers, map(self._identity, rows), strict=True))
        given = {self._canonical(row["编号"]) for row in rows} - {""}
        self.numbers.read(given, lock=lock)
        self.by_number, self.by_identity = {}, {}
        for record in self._fetch(self._meant(given)):
            self.by_identity[record.title, record.submitted_on, record.representative_id] = record
            if record.number:
                self.by_number[record.number] = record
        if self.insert:
            self.numbers.open(given)
            actor, most = self.place.actor, len(rows)
            self.writer = LedgerWriter(self.numbers, self.clocks, actor, self.insert, most)

    def _meant(self, given: Set[str]) -> list[int]:
        """Ids of cases with a number of `given`, or with the title, day of submission and representative of a row.

        All of the county are looked through: asking for 20,000 numbers takes longer.
        """
        wanted = {identity for identity in self.identities.values() if None not in identity}
        cases = Suggestion.objects.filter(county=self.place.county)
        told = cases.values_list("pk", *IDENTIFYING)
        return [pk for pk, number, *same in told.iterator(CHUNK) if number in given or tuple(same) in wanted]

    def _fetch(self, pks: list[int]) -> Iterator[Any]:
        for start in range(0, len(pks), CHUNK):
            for record in self.records().filter(pk__in=pks[start : start + CHUNK]):
                record.noted, record.was, record.staged = [], {}, {}
                yield record

    def _canonical(self, text: str) -> str:
        return self.numbers.canonical(normal(text)) if text.strip() else ""

    def _identity(self, row: Any) -> Identity:
        """Title, day of submission and representative, as far as they can be read."""
        found = []
        for name in IDENTIFYING[2:]:
            try:
                found.append(self.fields[name].clean(row))
            except ValueError:
                found.append(None)
        return writable(row[self.fields["title"].column_name].strip()), *found

    def known(self, row: Any) -> Any:
        """The imported case that `row` tells once more; None for a new one. Raises ValidationError for any other."""
        number, identity = self._canonical(row["编号"]), self.identities[self.row_number]
        if number:
            self._refuse_second(("编号", number), "编号与第 {} 行重复，请只留一行")
        if None not in identity:
            self._refuse_second(identity, "标题、提交日期、党代表与第 {} 行相同，请只留一行")
        same = self.by_identity.get(identity)
        record = self.by_number.get(number) if number else same
        if record is None and same is not None:
            raise ValidationError(f"这件建议已经登记过（{same.number or '未编号'}），请删去这一行")
        if record is not None and not record.is_imported:
            raise ValidationError(f"这件建议已经在系统里办理（{record.number or '未编号'}），请删去这一行")
        return record

    def _refuse_second(self, key: Any, sentence: str) -> None:
        first = self.seen.setdefault(key, self.row_number)
        if first != self.row_number:
            raise ValidationError(sentence.format(first))

    # -- what is wrong --------------------------------------------------------------------------------------------

    @cached_property
    def today(self) -> date:
        return timezone.localdate()

    @cached_property
    def clocks(self) -> Clocks:
        return Clocks(self.place.county)

    def rules(self, instance: Any) -> Iterator[str]:
        """A case that is there stays as it is; a new one must be told in full, in order, and be of one's own place."""
        if not instance._state.adding:
            heads = "、".join(column.column_name for column, *_words in instance.noted)
            yield f"这件建议已经导入过，{heads}与系统里的不同。台账不能修改已有的建议，请删去这一行"
            return
        self._fill_in(instance)
        yield from super().rules(instance)
        yield from self._places(instance)
        found = list(faults(instance, self.today))
        yield from found or self._due(instance)
        if instance.number:
            yield from self.numbers.faults(instance.number, instance.accepted_on)

    def _fill_in(self, instance: Any) -> None:
        """What empty cells mean."""
        town = self.town_of_studio.get(instance.studio_id) or self.town_of_person[instance.representative_id]
        instance.delegation_id = instance.delegation_id or town
        instance.content = instance.content or instance.title
        if instance.unit_id and STAGES[State(instance.state)] >= STAGES[State.ASSIGNED]:
            instance.complexity = instance.complexity or Complexity.SIMPLE.value
        is_county = self.town_of_unit.get(instance.unit_id, 0) is None or instance.state == State.ESCALATED
        instance.level = (Level.COUNTY if is_county else Level.TOWN).value

    def _places(self, instance: Any) -> Iterator[str]:
        if instance.studio_id and self.town_of_studio[instance.studio_id] != instance.delegation_id:
            yield "工作室不在这一行填写的代表队，请核对"
        if self.town_of_unit.get(instance.unit_id) not in (None, instance.delegation_id):
            yield "承办单位是别的代表队的单位，请改填本代表队的单位或县级单位"
        is_rated = instance.representative_rating or instance.petitioner_rating
        if is_rated and instance.unit_id in self._own_units:
            yield "您在这个承办单位任职，不能录入对它的评价，请由别人导入"

    @cached_property
    def _own_units(self) -> frozenset[int]:
        actor: User = self.place.actor
        return frozenset().union(*actor.scope.organizations.values())

    def _due(self, instance: Any) -> Iterator[str]:
        """While the clock may run, no day beyond the cap of the county's rules."""
        if instance.due_on and instance.state in REVOCABLE:
            cap_on = self.clocks.deadline(instance.assigned_on, Complexity(instance.complexity)).cap_on
            if instance.due_on > cap_on:
                yield f"期限最迟只能到{words(cap_on)}"

    # -- storing --------------------------------------------------------------------------------------------------

    @contextmanager
    def storing(self, actor: User) -> Iterator[None]:
        """The new cases with their histories, each part as soon as it is examined."""
        with inserting() as self.insert:
            yield
            if self.writer:
                self.writer.finish()

    def bulk_create(self, *args: Any, **kwargs: Any) -> None:
        """Some more lines are examined: the writer, where there is one, stores them."""
        if self.writer:
            self.writer.write(self.create_instances)
            self.create_instances.clear()


register(
    ImportKind(
        "ledger",
        "历史台账",
        LedgerResource,
        OFFICES,
        "每一行成为一件建议，经过记为“台账导入”。已经登记的建议不会被台账改动；在办的按交办日期起算期限，可能已经逾期。",
    )
)
