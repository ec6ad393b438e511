"""Columns of the register of representatives."""

from collections.abc import Iterator
from typing import Any

from accounts.imports import ImportKind, register
from accounts.models import User
from accounts.resources import OFFICES, DelegationResource, town_column
from representatives.enums import Gender, Level, RepresentativeStatus
from representatives.models import Mandate, Representative
from sheets.bulk import insert
from sheets.columns import Choice, Code, Column, Day, Linked, Number, Phone, Words
from sheets.lookups import RelatedList
from sheets.resource import BATCH, SheetResource
from studios.models import Studio


class RepresentativeResource(DelegationResource):
    """Representatives, found by the number of their certificate within the county."""

    key = "certificate_no"
    status_advice = "在册党代表的状态请在党代表页面变更，并写明原因和日期；这里请填原来的状态"
    renewed = ("search_key",)

    certificate_no = Column(
        "certificate_no", "代表证号", Code(24), required=True, example="示例-00001", width=18,
        advice="全县唯一；导入时按代表证号找到党代表",
    )  # fmt: skip
    name = Column("name", "姓名", Words(30), required=True, example="张演示", width=12)
    gender = Column("gender", "性别", Choice(Gender.choices), required=True, example="女", width=8)
    delegation_id = town_column(required=True)
    level = Column("level", "层级", Choice(Level.choices), required=True, example="镇党代表", width=14)
    term = Column("term", "届次", Number(1, 99), required=True, example=13, width=8)
    electing_unit = Column("electing_unit", "选举单位", Words(60), example="演示村党总支", width=24)
    position = Column("position", "职务", Words(60), example="教师", width=18)
    phone = Column("phone", "电话", Phone(), example="19900000000", width=16)
    birth_date = Column("birth_date", "出生日期", Day(), example="1980-01-01")
    ethnic_group = Column(
        "ethnic_group", "民族", Words(20), default="汉族", example="汉族", advice="不填即“汉族”", width=8
    )
    studios = Linked(
        "studios", "工作室", RelatedList("工作室", 2, "工作室的编号或名称，1–2 个，用“、”隔开"), required=True, width=34
    )
    bio = Column("bio", "个人简历", Words(2000), width=40)
    public_bio = Column("public_bio", "公开简介", Words(300), width=40, advice="会显示在公开页面上，请不要写电话和住址")
    status = Column(
        "status", "状态", Choice(RepresentativeStatus.choices), default=RepresentativeStatus.ACTIVE, example="在任",
        advice="不填即“在任”；已登记的在党代表页面变更", width=14,
    )  # fmt: skip

    class Meta(SheetResource.Meta):
        model = Representative
        import_id_fields = ("certificate_no",)
        fields = (
            "certificate_no",
            "name",
            "gender",
            "delegation_id",
            "level",
            "term",
            "electing_unit",
            "position",
            "phone",
            "birth_date",
            "ethnic_group",
            "studios",
            "bio",
            "public_bio",
            "status",
        )

    def load(self) -> None:
        """Delegations and studios of the county; the drop-down offers the importer's studios."""
        super().load()
        rows = list(Studio.objects.filter(county=self.place.county).values_list("pk", "name", "code", "delegation_id"))
        offered = [pk for pk, *_names, town_id in rows if self.place.has(town_id)]
        self.fields["studios"].widget.load(((pk, (name, code)) for pk, name, code, _town in rows), offered)

    def records(self) -> Any:
        return Representative.objects.filter(county=self.place.county)

    def exported(self) -> Any:
        """Without duplicates that were merged."""
        return super().exported().standing()

    def rules(self, instance: Representative) -> Iterator[str]:
        yield from super().rules(instance)
        if instance.merged_into_id:
            yield "这份记录已并入另一位党代表，不能再修改。请删去这一行"
        if instance._state.adding and instance.status != RepresentativeStatus.ACTIVE:
            yield "新登记的党代表状态请填“在任”，导入后再在党代表页面变更"

    def store(self, actor: User) -> None:
        """A term that is new begins a mandate, as it does for one registered by hand."""
        super().store(actor)
        insert(Mandate, map(_mandate, self.create_instances))
        moved = [row for row in self.update_instances if {"term", "level"} & set(row.was)]
        Mandate.objects.bulk_create(map(_mandate, moved), batch_size=BATCH, ignore_conflicts=True)


def _mandate(person: Representative) -> Mandate:
    return Mandate(
        representative_id=person.pk, term=person.term, level=person.level, electing_unit=person.electing_unit
    )


register(ImportKind("representatives", "党代表", RepresentativeResource, OFFICES))
