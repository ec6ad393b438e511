"""Production refuses to start while a demonstration account exists."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.db import DatabaseError, connection

from accounts.models import User
from demo.names import NAME_PREFIX


@register(deploy=False)
def no_demo_accounts(**_kwargs: Any) -> list[CheckMessage]:
    """An error in production for demonstration accounts; a database not migrated yet has none."""
    if not settings.IS_PRODUCTION:
        return []
    try:
        is_migrated = User._meta.db_table in connection.introspection.table_names()
        accounts = User.objects.filter(name__startswith=NAME_PREFIX, username__in=settings.DEMO_ACCOUNTS)
        found = is_migrated and accounts.exists()
    except DatabaseError:
        return []  # the server says itself that it cannot reach its database
    if not found:
        return []
    return [Error("数据库里有演示账号，生产环境不能启动：请换一个没有演示数据的数据库。", id="demo.E001")]
