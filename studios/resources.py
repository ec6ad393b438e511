"""Columns of the register of studios."""

from typing import Any

from accounts.enums import Role
from accounts.imports import ImportKind, register
from accounts.models import Membership, User
from accounts.resources import OFFICES, DelegationResource, town_column
from sheets.columns import Choice, Code, Column, Day, Linked, Number, Phone, Words
from sheets.lookups import RelatedList
from sheets.resource import SheetResource
from studios.enums import StudioKind, StudioStatus
from studios.models import Studio


class StudioResource(DelegationResource):
    """Studios, found by their code within the county."""

    status_advice = "已登记工作室的状态请在工作室页面变更，并写明原因；这里请填原来的状态"
    renewed = ("search_key",)

    code = Column(
        "code", "编号", Code(20), required=True, example="示例-S001", advice="全县唯一；导入时按编号找到工作室"
    )
    name = Column("name", "名称", Words(60), required=True, example="演示村党代表工作室", width=30)
    kind = Column("kind", "类别", Choice(StudioKind.choices), required=True, example="镇党代表工作室", width=18)
    delegation_id = town_column(required=True)
    status = Column(
        "status", "状态", Choice(StudioStatus.choices), default=StudioStatus.ACTIVE, example="启用", width=10,
        advice="不填即“启用”；已登记的在工作室页面变更",
    )  # fmt: skip
    village = Column("village", "村（社区）", Words(40), example="演示村", width=16)
    address = Column("address", "地址", Words(120), example="演示村党群服务中心一楼", width=30)
    area = Column("area", "面积（平方米）", Number(1, 9999, is_whole=False), example=18, width=10)
    shared_with = Column("shared_with", "联建共用", Words(40), example="综合服务室", width=16)
    phone = Column("phone", "电话", Phone(), example="0513-88880000", width=16)
    plaque_on = Column("plaque_on", "挂牌日期", Day(), example="2024-03-01")
    personal_statement = Column("personal_statement", "个人感言", Words(300), width=30, advice="个人工作室填写")
    service_promise = Column("service_promise", "服务承诺", Words(300), width=30, advice="个人工作室填写")
    liaisons = Linked(
        "liaisons", "联络员", RelatedList("联络员", 10, "联络员的用户名；几个用“、”隔开"), width=20,
        advice="先在账号里授予“工作室联络员”角色",
    )  # fmt: skip

    class Meta(SheetResource.Meta):
        model = Studio
        import_id_fields = ("code",)
        fields = (
            "code",
            "name",
            "kind",
            "delegation_id",
            "status",
            "village",
            "address",
            "area",
            "shared_with",
            "phone",
            "plaque_on",
            "personal_statement",
            "service_promise",
            "liaisons",
        )

    def load(self) -> None:
        """Delegations, and the people who hold the role of liaison or look after a studio already."""
        super().load()
        held = Membership.objects.filter(role=Role.LIAISON, organization__county=self.place.county)
        now = Studio.liaisons.through.objects.filter(studio__county=self.place.county)
        known = User.objects.filter(pk__in=held.values("user")) | User.objects.filter(pk__in=now.values("user"))
        rows = known.order_by("username").values_list("pk", "username")
        towns = held.values_list("user_id", "organization__delegation_id")
        offered = dict.fromkeys(user_id for user_id, town_id in towns if self.place.has(town_id))
        self.fields["liaisons"].widget.load(((pk, (username,)) for pk, username in rows), offered)

    def records(self) -> Any:
        return Studio.objects.filter(county=self.place.county)


register(ImportKind("studios", "工作室", StudioResource, OFFICES))
