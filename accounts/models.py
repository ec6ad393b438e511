"""Organisations, users, the roles they hold, and the audit log (domain.md §1)."""

import uuid
from functools import cached_property
from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.urls import reverse

from accounts.enums import AuditAction, ImportState, OrganizationKind, Role
from accounts.pinyin import SearchKeyField
from accounts.querysets import (
    AuditEntryQuerySet,
    ImportRunQuerySet,
    MembershipQuerySet,
    OrganizationQuerySet,
    OwnQuerySet,
    UserManager,
)
from accounts.scope import Scope, build_scope


class Organization(models.Model):
    """One node of the tree PROVINCE > CITY > COUNTY > DELEGATION | UNIT.

    `county` and `delegation` repeat the ancestors of that kind (a county is its own county),
    so that every row of a county can be filtered without walking the tree.
    """

    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    kind = models.CharField("类型", max_length=12, choices=OrganizationKind)
    county = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="county_members")
    delegation = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="delegation_members")
    code = models.CharField("代码", max_length=24)
    name = models.CharField("名称", max_length=60)
    short_name = models.CharField("简称", max_length=20)
    number_prefix = models.CharField("建议编号字头", max_length=8, blank=True, help_text="县一级填写，如“海建”")
    phone = models.CharField("联系电话", max_length=20, blank=True)
    is_active = models.BooleanField("在用", default=True)
    search_key = SearchKeyField("name", "short_name")

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = "组织"
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "code"],
                name="accounts_organization_code_in_county",
                violation_error_message="本县已有使用这个代码的组织，请换一个代码。",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """A person who logs in. What they may see and do follows from their memberships alone."""

    name = models.CharField("姓名", max_length=30)
    phone = models.CharField("手机", max_length=20, blank=True)
    uses_shortcuts = models.BooleanField("使用单键快捷键", default=True)

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = "用户"
        ordering = ["username"]

    def __str__(self) -> str:
        return self.name or self.username

    @cached_property
    def held(self) -> list["Membership"]:
        """The memberships in organisations still in use, oldest first, read once per request (one query)."""
        rows = self.memberships.filter(organization__is_active=True)
        return list(rows.select_related("organization__county").order_by("id"))

    @cached_property
    def scope(self) -> Scope:
        """The roles this user holds and where (one query more above counties)."""
        return build_scope(
            ((row.role, row.organization_id, row.organization.county_id) for row in self.held),
            Organization.objects.county_ids_below,
        )


class Membership(models.Model):
    """One role of one user in one organisation. A user may hold several."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.CharField("角色", max_length=20, choices=Role)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="memberships", verbose_name="组织")
    granted_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    granted_at = models.DateTimeField(auto_now_add=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "角色"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "organization"],
                name="accounts_membership_once",
                violation_error_message="这个用户在该组织已有这个角色。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}"


class AuditEntry(models.Model):
    """One line of the append-only, hash-chained audit log (reliability.md, who may see what §6)."""

    at = models.DateTimeField("时间", db_index=True)
    actor = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="操作人")
    actor_name = models.CharField("操作人", max_length=60)
    action = models.CharField("动作", max_length=16, choices=AuditAction)
    subject = models.CharField("对象", max_length=120, blank=True)
    detail = models.CharField("说明", max_length=500, blank=True)
    county = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    previous_hash = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "审计记录"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name} {self.action}"


def random_sheet_path(_run: "ImportRun", _file_name: str) -> str:
    """imports/ab/abcdef….rows: nothing of the name the file came with."""
    name = uuid.uuid4().hex
    return f"imports/{name[:2]}/{name}.rows"


def random_report_path(_run: "ImportRun", _file_name: str) -> str:
    """Beside the sheets."""
    name = uuid.uuid4().hex
    return f"imports/{name[:2]}/{name}.json"


class ImportRun(models.Model):
    """One sheet that somebody uploaded: what it would do, and whether it was done.

    `file` holds the rows of the sheet and `report` the finding of each; both go when the run expires or is applied a
    day later. `sha256` is that of the workbook, which is not kept.
    """

    kind = models.CharField("种类", max_length=20)
    county = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name="县")
    role = models.CharField("以什么角色", max_length=20, choices=Role)
    actor = models.ForeignKey(User, models.PROTECT, related_name="imports", verbose_name="导入人")
    at = models.DateTimeField("上传时间")
    applied_at = models.DateTimeField("导入时间", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=ImportState, default=ImportState.PREVIEWED)
    file_name = models.CharField("文件名", max_length=120)
    file = models.FileField("文件", upload_to=random_sheet_path, blank=True)
    sha256 = models.CharField("文件指纹", max_length=64)
    report = models.FileField("核对结果", upload_to=random_report_path, blank=True)
    report_sha256 = models.CharField("核对结果指纹", max_length=64)
    new = models.PositiveIntegerField("新增", default=0)
    changed = models.PositiveIntegerField("修改", default=0)
    same = models.PositiveIntegerField("不变", default=0)
    refused = models.PositiveIntegerField("不能导入", default=0)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = "导入"
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("accounts:import_detail", args=[self.pk])


class SavedView(models.Model):
    """What one person looks for in one list, kept under a name: `query` is the address without its page.

    Whether it still means something is found out when it is opened: categories and units come and go.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="saved_views", verbose_name="用户")
    list_key = models.SlugField("列表", max_length=20)
    name = models.CharField("名称", max_length=20)
    query = models.CharField("条件", max_length=1000)
    position = models.PositiveSmallIntegerField("次序", default=0)

    objects = OwnQuerySet["SavedView"].as_manager()

    class Meta:
        verbose_name = "我的视图"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "list_key", "name"],
                name="accounts_savedview_name_once",
                violation_error_message="您已有同名的视图，请换一个名称。",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ListLayout(models.Model):
    """Which columns of a list one person sees, and how tightly its rows stand."""

    user = models.ForeignKey(User, models.CASCADE, related_name="list_layouts", verbose_name="用户")
    list_key = models.SlugField("列表", max_length=20)
    columns = models.JSONField("显示的列", default=list)
    is_dense = models.BooleanField("行距紧凑", default=False)

    objects = OwnQuerySet["ListLayout"].as_manager()

    class Meta:
        verbose_name = "列表版式"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "list_key"],
                name="accounts_listlayout_once",
                violation_error_message="这个列表的版式已经存过。",
            ),
        ]

    def __str__(self) -> str:
        return self.list_key
