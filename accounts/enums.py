"""The words for organisations, roles and audited actions (domain.md §1)."""

from django.db import models


class OrganizationKind(models.TextChoices):
    PROVINCE = "PROVINCE", "省"
    CITY = "CITY", "市"
    COUNTY = "COUNTY", "县（党联办）"
    DELEGATION = "DELEGATION", "代表队"
    UNIT = "UNIT", "承办单位"


class Role(models.TextChoices):
    REPRESENTATIVE = "REPRESENTATIVE", "党代表"
    LIAISON = "LIAISON", "工作室联络员"
    DELEGATION_OFFICE = "DELEGATION_OFFICE", "代表队办公室"
    UNIT_HANDLER = "UNIT_HANDLER", "承办单位"
    COUNTY_OFFICE = "COUNTY_OFFICE", "党联办"
    LEADER = "LEADER", "领导"
    SYSTEM_ADMIN = "SYSTEM_ADMIN", "系统管理员"
    AUDITOR = "AUDITOR", "审计员"


class AuditAction(models.TextChoices):
    LOGIN = "LOGIN", "登录"
    LOGIN_FAILED = "LOGIN_FAILED", "登录失败"
    LOGOUT = "LOGOUT", "退出"
    REFUSED = "REFUSED", "拒绝访问"
    REVEAL = "REVEAL", "查看群众身份"
    EXPORT = "EXPORT", "导出"
    IMPORT = "IMPORT", "导入"
    GRANT_ROLE = "GRANT_ROLE", "授予角色"
    REVOKE_ROLE = "REVOKE_ROLE", "收回角色"
    ENABLE_USER = "ENABLE_USER", "启用账号"
    DISABLE_USER = "DISABLE_USER", "停用账号"
    SETTINGS = "SETTINGS", "修改设置"


class ImportState(models.TextChoices):
    PREVIEWED = "PREVIEWED", "待确认"
    APPLIED = "APPLIED", "已导入"
    EXPIRED = "EXPIRED", "已过期"


OFFICE_ROLES = frozenset({Role.DELEGATION_OFFICE, Role.COUNTY_OFFICE})
CASE_ROLES = frozenset(
    {Role.REPRESENTATIVE, Role.LIAISON, Role.DELEGATION_OFFICE, Role.UNIT_HANDLER, Role.COUNTY_OFFICE, Role.LEADER}
)

ROLE_HOMES: dict[Role, frozenset[OrganizationKind]] = {
    Role.REPRESENTATIVE: frozenset({OrganizationKind.DELEGATION}),
    Role.LIAISON: frozenset({OrganizationKind.DELEGATION, OrganizationKind.COUNTY}),
    Role.DELEGATION_OFFICE: frozenset({OrganizationKind.DELEGATION}),
    Role.UNIT_HANDLER: frozenset({OrganizationKind.UNIT}),
    Role.COUNTY_OFFICE: frozenset({OrganizationKind.COUNTY}),
    Role.LEADER: frozenset(OrganizationKind) - {OrganizationKind.DELEGATION},
    Role.SYSTEM_ADMIN: frozenset({OrganizationKind.COUNTY}),
    Role.AUDITOR: frozenset({OrganizationKind.COUNTY}),
}
"""In which kinds of organisation each role is held (domain.md §1)."""
