"""Demonstration mode: on where people try the product, never in production."""

from django.core.exceptions import ImproperlyConfigured

from config.settings.environment import IS_PRODUCTION, env

__all__ = ["DEMO_ACCOUNTS", "DEMO_MODE", "DEMO_PASSWORD"]

DEMO_MODE = env.bool("DEMO_MODE", default=not IS_PRODUCTION)
if DEMO_MODE and IS_PRODUCTION:
    raise ImproperlyConfigured("生产环境不能开启演示模式：请去掉环境变量 DEMO_MODE。")

DEMO_PASSWORD = "demo-studio-2026"  # noqa: S105 - public on purpose, refused in production
DEMO_ACCOUNTS = {
    "county": "党联办",
    "town": "曲塘镇代表队办公室",
    "town2": "李堡镇代表队办公室",
    "liaison": "曲塘镇村工作室联络员",
    "liaison2": "李堡镇村工作室联络员",
    "unit": "交通运输局",
    "unit2": "住房和城乡建设局",
    "townunit": "曲塘镇镇属单位",
    "rep": "曲塘镇党代表（下周六值班）",
    "leader": "县领导",
    "admin": "系统管理员",
    "auditor": "审计员",
    "rugao": "如皋市党联办（邻县）",
}
