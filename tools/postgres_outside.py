"""A PostgreSQL named from outside with DATABASE_URL: used as it is, when it lets both roles in and is new enough."""

import os

from tools import house
from tools.house import Stop

OLDEST_VERSION = 150000


def external() -> bool:
    """Is a server named from outside? Then none is started here."""
    return bool(os.environ.get("DATABASE_URL"))


def require_owner_url() -> None:
    """A server named from outside needs both roles."""
    if external() and not os.environ.get("DATABASE_OWNER_URL"):
        raise Stop(
            "DATABASE_URL is set but DATABASE_OWNER_URL is not: set it to the role that owns the database, "
            "which migrations need.",
            "已设置 DATABASE_URL 而未设置 DATABASE_OWNER_URL：请将其设为数据库所有者角色，迁移需要它。",
        )


def require_external() -> None:
    """The server named from outside must answer both roles and be new enough."""
    import psycopg

    require_owner_url()
    for key in house.DATABASE_KEYS:
        try:
            with psycopg.connect(os.environ[key], connect_timeout=10) as connection:
                version = connection.info.server_version
        except psycopg.Error as fault:
            why = " ".join(str(fault).split())
            raise Stop(
                f"The server of {key} does not let us in ({why}): start it, or correct {key}.",
                f"无法连接 {key} 指定的数据库：请启动它或更正 {key}。",
            ) from None
        if version < OLDEST_VERSION:
            raise Stop(
                f"The server of {key} is PostgreSQL {version // 10000}: use version 15 or newer.",
                f"{key} 指定的数据库是 PostgreSQL {version // 10000}：请使用 15 或更新版本。",
            )
