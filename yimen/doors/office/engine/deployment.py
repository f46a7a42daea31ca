"""Is this installation fit for real residents? (正式使用前的检查) `manage.py check --deploy` asks; `make run` does not.

Each finding is a sentence and what to do about it. Sources: 网络安全等级保护基本要求 GB/T 22239-2019 (8.1.4), PIPL Art 51.
"""

import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Warning
from django.db import DatabaseError, connection

from yimen.foundations.access.api import index_keys, key_ring
from yimen.foundations.audit.api import last_backup

LOCAL = {"127.0.0.1", "localhost", "[::1]", "::1"}
DURABLE = ("fsync", "full_page_writes", "synchronous_commit")
BACKUP_WITHIN = timedelta(hours=26)
_ROLE = """
    SELECT rolsuper, rolbypassrls, rolcreatedb OR rolcreaterole,
           EXISTS (SELECT FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user)
    FROM pg_roles WHERE rolname = current_user
"""


def check_deployment(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """What stands in the way of real work with this configuration, this database and this disk."""
    found = [*_settings(), *_second_factor(), *_keys(), *_files()]
    try:
        return [*found, *_database(), *_backups()]
    except DatabaseError as fault:
        return [*found, _error(10, f"数据库连不上：{fault}", "请启动数据库，或更正 DATABASE_URL。")]


def _settings() -> Iterator[CheckMessage]:
    if not settings.SESSION_COOKIE_SECURE:
        yield _error(
            1,
            "没有启用 TLS：口令和证件号码会在网络上明文传送。",
            "请在前面设置带证书的网站服务器，并设 YIMEN_TLS=true。",
        )
    if not set(settings.ALLOWED_HOSTS) - LOCAL:
        yield _error(2, "YIMEN_HOSTS 只有本机名，别的电脑打不开。", "请写上窗口电脑访问时用的域名或地址。")
    public = settings.YIMEN_PUBLIC_URL
    if not public:
        yield _warning(
            16,
            "没有设置对外网址：打印的二维码和链接用的是窗口电脑当时打开的地址，居民的手机可能打不开。",
            "请把 YIMEN_PUBLIC_URL 设为居民手机能打开的网址，如 https://yimen.example.org。",
        )
    elif urlsplit(public).hostname in LOCAL:
        yield _error(17, f"对外网址 {public} 是本机名，居民的手机打不开。", "请改 YIMEN_PUBLIC_URL。")
    elif not public.startswith("https://"):
        yield _error(18, f"对外网址 {public} 没有 TLS。", "请改用 https:// 开头的 YIMEN_PUBLIC_URL。")


def _second_factor() -> Iterator[CheckMessage]:
    if settings.YIMEN_SECOND_FACTOR_WAIVED:
        yield _error(
            15,
            "要求第二因素的岗位现在只凭口令就能登录。",
            "请去掉 YIMEN_SECOND_FACTOR_WAIVED；各人下次登录时会被带去设置。",
        )


def _keys() -> Iterator[CheckMessage]:
    """What is selected, which an assessment (密评) asks first; and a change of keys that was begun and not ended."""
    ring, index = key_ring(), index_keys()
    yield Info(
        f"加密算法：字段 {ring.suite.title.split('、')[0]}（第 {ring.current} 号密钥），"
        f"检索摘要 {index.suite.title.split('、')[1]}（第 {index.current} 号密钥）。",
        hint="算法随密钥，写在 YIMEN_FIELD_KEYS、YIMEN_INDEX_KEY。",
        id="yimen.I012",
    )
    if ring.suite != index.suite:
        yield _warning(13, "字段与检索摘要用了两套算法。", "请给其中一个换钥（docs/how-to/change-keys.md）。")
    if len(ring.keys) > 1 or len(index.keys) > 1:
        yield _warning(
            14,
            "密钥环里还有旧密钥，换钥没有收尾。",
            "请运行 manage.py reseal_fields 和 rebuild_indexes，完成后移除旧密钥。",
        )


def _files() -> Iterator[CheckMessage]:
    folder = Path(settings.YIMEN_FILES)
    if folder.exists() and folder.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield _error(3, f"上传文件的目录 {folder} 别的用户也能读。", f"请执行 chmod 700 {folder}。")
    keys = settings.BASE_DIR / "var" / "env"
    if keys.exists() and keys.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield _error(4, f"密钥文件 {keys} 别的用户也能读。", f"请执行 chmod 600 {keys}。")


def _database() -> Iterator[CheckMessage]:
    with connection.cursor() as cursor:
        cursor.execute(_ROLE)
        superuser, past_policies, makes, owns = cursor.fetchone()
        if superuser or past_policies or owns:
            yield _error(
                5,
                "网站使用的数据库账号权限过大，行级权限拦不住它。",
                "DATABASE_URL 要用不拥有任何表、没有 SUPERUSER 和 BYPASSRLS 的账号。",
            )
        elif makes:
            yield _warning(6, "网站使用的数据库账号可以新建库或账号。", "请收回 CREATEDB 和 CREATEROLE。")
        for name in DURABLE:
            cursor.execute("SELECT current_setting(%s)", [name])
            if cursor.fetchone()[0] == "off":
                yield _error(7, f"数据库的 {name} 已关闭，断电会丢失已答复的办件。", f"请把 {name} 设回 on。")
        cursor.execute(
            "SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relrowsecurity"
        )
        guarded = {name for (name,) in cursor.fetchall()}
    if bare := sorted(_scoped() - guarded):
        yield _error(
            8, f"这些表没有行级权限：{'、'.join(bare)}。", "请执行 manage.py migrate --database owner。"
        )


def _scoped() -> set[str]:
    """The tables whose rows belong to areas; a view stands behind the policies of its own words."""
    return {
        model._meta.db_table
        for model in apps.get_models()
        if model._meta.managed and getattr(model, "scope", None)
    }


def _backups() -> Iterator[CheckMessage]:
    newest = last_backup()
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        (now,) = cursor.fetchone()
    if newest is None or now - newest.made_at > BACKUP_WITHIN:
        yield _warning(9, "最近 26 小时没有备份。", "请设置每晚自动执行 make backup。")


def _error(number: int, sentence: str, hint: str) -> Error:
    return Error(sentence, hint=hint, id=f"yimen.E{number:03}")


def _warning(number: int, sentence: str, hint: str) -> Warning:
    return Warning(sentence, hint=hint, id=f"yimen.W{number:03}")
