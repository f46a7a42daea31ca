"""What the demo plugs in: a warning where its logins open the door to real residents."""

from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.db import DatabaseError, connection

from yimen.demo.engine.staff import known_logins


@register(deploy=True)
def check_no_demo_logins(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """The demo's password is public (演示账号); it must open nothing where real residents are."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT now()")
            (now,) = cursor.fetchone()
        logins = known_logins(now=now)
    except DatabaseError:
        return []  # the office says that the database cannot be reached
    if not logins:
        return []
    hint = "请用没有装过演示的数据库，或停用这些账号。"
    return [Error(f"{len(logins)} 个演示账号还能登录，口令是公开的。", hint=hint, id="yimen.E011")]
