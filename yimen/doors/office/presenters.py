"""What the pages of the office show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from yimen.doors.office import rules
from yimen.doors.office.permissions import RETRY_JOBS
from yimen.foundations.ui.api import Action

if TYPE_CHECKING:
    from yimen.doors.office.queries.accounts import AccountFile
    from yimen.doors.office.queries.definitions import Preview, Shelf
    from yimen.doors.office.queries.jobs import JobsPage
    from yimen.doors.office.queries.trail import DeedFile
    from yimen.doors.office.queries.unusual import AlertFile
    from yimen.kernel.actor import Actor

TABS = (("trail", "操作留痕"), ("looks", "查阅记录"), ("unusual", "异常查阅"), ("seals", "封印与核验"))
BY_POST = "随岗位取得，免职时收回"


@dataclass(frozen=True)
class AskPage:
    """One form with one button (一张表)."""

    title: str
    form: Any
    back: str
    label: str
    icon: str
    subtitle: str = ""


@dataclass(frozen=True)
class Slip:
    """The first password to hand over (口令条)."""

    name: str
    username: str
    password: str
    on: date
    back: str


@dataclass(frozen=True)
class AccountPage:
    file: AccountFile
    actions: tuple[Action, ...]
    why_not_manage: str
    why_not_grant: str
    grant_actions: tuple[Action, ...]
    attempts: tuple[tuple[Any, str], ...] | None


@dataclass(frozen=True)
class DeedPage:
    file: DeedFile
    form: Any
    opened: bool


@dataclass(frozen=True)
class AlertPage:
    """An alert with the form that answers it (异常查阅提醒)."""

    file: AlertFile
    form: Any


@dataclass(frozen=True)
class JobsView:
    page: JobsPage
    why_not_retry: str


@dataclass(frozen=True)
class CataloguePage:
    words: str
    shelves: tuple[Shelf, ...]


@dataclass(frozen=True)
class ChangePage:
    """A change of a definition: the form, and the difference once it is known (修改)."""

    kind: str
    key: str
    title: str
    base: Any
    form: Any
    preview: Preview | None
    words: str


@dataclass(frozen=True)
class DraftPage:
    """A draft of a form: what was not carried over, how it reads, and its buttons (表单稿)."""

    draft: Any
    preview: Any
    reading: Any
    left: int
    actions: tuple[Action, ...]


@dataclass(frozen=True)
class TryPage:
    """A draft as somebody fills it in on a phone, and what comes of sample answers (试填)."""

    draft: Any
    form: Any
    judged: Any = None
    lines: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class PublishPage:
    """What publishing a draft would change, and the form that does it (发布)."""

    draft: Any
    form: Any
    preview: Any


def account_page(file: AccountFile, *, by: Actor) -> AccountPage:
    """An account with its buttons, each with why it cannot be used."""
    of, number = file.standing, file.line.public_id
    why_not_manage, why_not_grant = rules.why_not_manage(of), rules.why_not_grant(of)

    def to(name: str) -> str:
        return reverse(f"office:{name}", args=[number])

    toggle = (
        Action("停用账号", to("close"), icon="lock", why_not=why_not_manage)
        if of.active
        else Action("启用账号", to("reopen"), icon="check", tone="primary", why_not=why_not_manage)
    )
    return AccountPage(
        file=file,
        actions=(
            Action(
                "重置口令",
                to("reset"),
                icon="lock",
                method="post",
                why_not=rules.why_not_reset(of),
                confirm="生成新的首次口令？原口令立即失效，所有登录结束。",
            ),
            Action("解除锁定", to("unlock"), icon="check", method="post", why_not=rules.why_not_unlock(of)),
            Action("强制退出", to("end_sessions"), icon="logout", why_not=rules.why_not_end_sessions(of)),
            toggle,
        ),
        why_not_manage=why_not_manage,
        why_not_grant=why_not_grant,
        grant_actions=(
            Action("任命岗位", to("appoint"), icon="user-check", tone="primary", why_not=why_not_grant),
            Action("授予角色", to("grant"), icon="shield-check", why_not=why_not_grant),
            Action("指定临时代理", to("name_deputy"), icon="users", why_not=why_not_grant),
            Action(
                "重置第二因素",
                to("reset_factor"),
                icon="device-mobile",
                why_not=rules.why_not_reset_factor(of),
            ),
        ),
        attempts=(
            tuple((one, "good" if one.outcome == "signed_in" else "warn") for one in file.sign_ins)
            if file.sign_ins is not None
            else None
        ),
    )


def trail_tabs(current: str) -> list[dict[str, Any]]:
    return [
        {"label": label, "url": reverse(f"office:{name}"), "current": name == current} for name, label in TABS
    ]


def jobs_view(page: JobsPage, *, by: Actor) -> JobsView:
    return JobsView(page, "" if by.can_somewhere(RETRY_JOBS) else "由系统管理员重新运行")
