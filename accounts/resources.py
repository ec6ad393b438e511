"""Columns of units and of accounts, and what every sheet of a delegation's rows has in common."""

from collections.abc import Iterator
from typing import Any

from accounts.enums import ROLE_HOMES, OrganizationKind, Role
from accounts.imports import ImportKind, Place, register
from accounts.models import Membership, Organization, User
from accounts.services import change_roles
from sheets.columns import Choice, Code, Column, Kind, Phone, Staged, Words, YesNo
from sheets.lookups import Related
from sheets.resource import SheetResource

LIST_MARK = "；"


def town_column(**options: Any) -> Column:
    """代表队, by name, short name or code."""
    return Column("delegation_id", "代表队", Related("代表队"), width=16, **options)


class DelegationResource(SheetResource):
    """Records of delegations: a delegation office changes its own only."""

    place: Place
    status_advice = ""

    def load(self) -> None:
        """The county's delegations; the drop-down offers those in use that are the importer's."""
        towns = Organization.objects.delegations().filter(county=self.place.county)
        rows = list(towns.values_list("pk", "short_name", "name", "code", "is_active"))
        offered = [pk for pk, *_names, is_active in rows if is_active and self.place.has(pk)]
        self.fields["delegation_id"].widget.load(((pk, names) for pk, *names, _is_active in rows), offered)

    def exported(self) -> Any:
        """A delegation office takes its own delegation out, as it brings it in."""
        return self.place.own(self.records())

    def start(self, instance: Any) -> None:
        """Rows belong to the importer's county."""
        instance.county_id = self.place.county.pk

    def rules(self, instance: Any) -> Iterator[str]:
        """Own delegation only; a state changes on the record's page, where the reason is written down."""
        homes = {instance.delegation_id, instance.was.get("delegation_id", instance.delegation_id)}
        if not all(self.place.has(home) for home in homes):
            yield "这一行属于别的代表队，您只能导入本代表队的。请删去这一行，或交给党联办导入"
        if "status" in instance.was:
            yield self.status_advice


class UnitTown(Column):
    """A unit's delegation, which is its parent, too; empty for units of the county."""

    @property
    def writes(self) -> tuple[str, ...]:
        return ("delegation", "parent")

    def put(self, instance: Any, value: Any) -> None:
        instance.delegation_id = value
        instance.parent_id = value or instance.county_id


class UnitResource(DelegationResource):
    """承办单位, found by code."""

    code = Column("code", "代码", Code(24), required=True, example="示例-U01", advice="全县唯一；导入时按代码找到单位")
    name = Column("name", "名称", Words(60), required=True, example="演示局", width=26)
    short_name = Column("short_name", "简称", Words(20), required=True, example="演示局")
    delegation_id = UnitTown(
        "delegation_id", "代表队", Related("代表队"), width=16, advice="镇属单位填所在代表队；县级单位不填"
    )
    phone = Column("phone", "联系电话", Phone(), example="0513-88880000", width=16)
    is_active = Column("is_active", "在用", YesNo(), default=True, example="是", advice="停用的单位不能再交办", width=8)

    renewed = ("search_key",)

    class Meta(SheetResource.Meta):
        model = Organization
        import_id_fields = ("code",)
        fields = ("code", "name", "short_name", "delegation_id", "phone", "is_active")

    def load(self) -> None:
        super().load()
        others = Organization.objects.exclude(kind=OrganizationKind.UNIT).filter(county=self.place.county)
        self.taken = set(others.values_list("code", flat=True))

    def records(self) -> Any:
        return Organization.objects.units().filter(county=self.place.county)

    def start(self, instance: Any) -> None:
        super().start(instance)
        instance.kind, instance.parent_id = OrganizationKind.UNIT, self.place.county.pk

    def unknown(self, key: str) -> Iterator[str]:
        if key in self.taken:
            yield f"代码“{key}”已是代表队或县的代码，请换一个"


class RoleList(Kind):
    """One role or several, by their names on screen."""

    is_strict, words = False, "从下拉框选一个；几个角色用“；”隔开"
    choices = [str(label) for label in Role.labels]

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> list[str]:
        """Raises ValueError naming the roles there are."""
        choice = Choice(Role.choices)
        return [choice.clean(part) for part in _parts(value)]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return LIST_MARK.join(str(Role(role).label) for role in value)


class PlaceList(Related):
    """The organisations of those roles, in the same order."""

    is_strict = repeats = False

    def __init__(self) -> None:
        super().__init__("组织")
        self.words, self.blank = "本县组织的名称、简称或代码；几个用“；”隔开，顺序和角色一致", []

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> list[int]:  # type: ignore[override]
        """Raises ValueError for an unknown organisation."""
        return [self.one(part) for part in _parts(value)]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return LIST_MARK.join(self.lookup.labels.get(pk, "") for pk in value)


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.replace(";", LIST_MARK).split(LIST_MARK) if part.strip()]


class UserResource(SheetResource):
    """Accounts with their roles in one county, found by username; no password ever stands in a sheet."""

    key = "username"
    place: Place

    username = Column(
        "username",
        "用户名",
        Code(30, r"[a-z0-9][a-z0-9_.-]{2,29}", "3–30 位小写字母、数字"),
        required=True,
        example="shili-1",
        advice="登录时使用；导入时按用户名找到账号",
    )
    name = Column("name", "姓名", Words(30), required=True, example="张演示")
    phone = Column("phone", "手机", Phone(), example="19900000000", width=16)
    roles = Staged("roles", "角色", RoleList(), required=True, example="工作室联络员", width=24)
    places = Staged("places", "组织", PlaceList(), required=True, example="", width=30, advice="每个角色在哪个组织担任")

    class Meta(SheetResource.Meta):
        model = User
        import_id_fields = ("username",)
        fields = ("username", "name", "phone", "roles", "places")

    def load(self) -> None:
        """Organisations of the county, the roles people hold in it, and the names that are taken elsewhere."""
        organizations = list(Organization.objects.filter(county=self.place.county).order_by("code"))
        self.kinds = {row.pk: OrganizationKind(row.kind) for row in organizations}
        self.fields["places"].widget.load(
            ((row.pk, (row.short_name, row.name, row.code)) for row in organizations),
            [row.pk for row in organizations if row.is_active],
        )
        roles, places = self.fields["roles"].links, self.fields["places"].links
        held = Membership.objects.filter(organization__county=self.place.county).order_by("id")
        for user_id, role, organization_id in held.values_list("user_id", "role", "organization_id"):
            roles.setdefault(user_id, []).append(role)
            places.setdefault(user_id, []).append(organization_id)
        self.taken = set(User.objects.exclude(pk__in=self.records().values("pk")).values_list("username", flat=True))

    def records(self) -> Any:
        held = Membership.objects.filter(organization__county=self.place.county)
        return User.objects.visible_to(self.place.actor).filter(pk__in=held.values("user"))

    def start(self, instance: User) -> None:
        """Nobody can log in until an administrator has set a password."""
        instance.set_unusable_password()

    def unknown(self, key: str) -> Iterator[str]:
        if key in self.taken:
            yield f"用户名“{key}”已有人使用，请换一个"

    def rules(self, instance: User) -> Iterator[str]:
        """Each role has its organisation, of a kind in which it is held; nobody edits their own."""
        pairs = self._pairs(instance)
        if pairs is None:
            yield "角色和组织的个数不一样，请按同样的顺序填写，用“；”隔开"
            return
        if len(set(pairs)) < len(pairs):
            yield "同一个角色和组织写了两遍，请删去一遍"
        for role, organization_id in pairs:
            if self.kinds[organization_id] not in ROLE_HOMES[Role(role)]:
                homes = "、".join(sorted(str(kind.label) for kind in ROLE_HOMES[Role(role)]))
                yield f"“{Role(role).label}”只能在{homes}担任，请重新填写组织"
        if instance.pk == self.place.actor.pk and ({"roles", "places"} & vars(instance)["was"].keys()):
            yield "不能修改自己的角色，请由另一位系统管理员办理"

    def _pairs(self, instance: User) -> list[tuple[str, int]] | None:
        roles, places = (self.fields[name].get_value(instance) for name in ("roles", "places"))
        return list(zip(roles, places, strict=True)) if len(roles) == len(places) else None

    def store(self, actor: User) -> None:
        """The accounts, then the roles that were added or taken away, each on record."""
        rows = [*self.create_instances, *self.update_instances]
        super().store(actor)
        wanted = {row: set(self._pairs(row) or ()) for row in rows if row.staged}
        change_roles(wanted=wanted, county=self.place.county, actor=actor)


OFFICES = (Role.COUNTY_OFFICE, Role.DELEGATION_OFFICE)
register(ImportKind("units", "承办单位", UnitResource, (Role.COUNTY_OFFICE, Role.SYSTEM_ADMIN)))
register(
    ImportKind(
        "users",
        "账号和角色",
        UserResource,
        (Role.SYSTEM_ADMIN,),
        "表里没有密码：新账号导入后还不能登录，请在账号页面为本人设置初始密码。",
    )
)
