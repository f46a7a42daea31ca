"""Why a button of the office cannot be used (不能办的理由); the operations below decide again by themselves."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Standing:
    """What the buttons of an account depend on: who asks, and how the account stands."""

    own: bool
    manages: bool
    grants: bool
    active: bool
    locked: bool
    sessions: int
    resets_factors: bool
    has_factor: bool


def why_not_manage(of: Standing) -> str:
    """Why this actor may not look after the account; "" when she may."""
    if not of.manages:
        return "由系统管理员办理（三权分立）"
    return "自己的账号请另一位管理员办理" if of.own else ""


def why_not_reset(of: Standing) -> str:
    return why_not_manage(of) or ("" if of.active else "账号已停用，请先启用")


def why_not_unlock(of: Standing) -> str:
    return why_not_manage(of) or ("" if of.locked else "没有锁定")


def why_not_reset_factor(of: Standing) -> str:
    """Why this actor may not take the account's second factor off; "" when she may."""
    if not of.resets_factors:
        return "由安全管理员办理（三权分立）"
    if of.own:
        return "自己的账号请另一位安全管理员办理"
    return "" if of.has_factor else "没有设置"


def why_not_end_sessions(of: Standing) -> str:
    return why_not_manage(of) or ("" if of.sessions else "现在没有登录")


def why_not_grant(of: Standing) -> str:
    """Why this actor may not appoint or grant to the account."""
    if not of.grants:
        return "由安全管理员办理（三权分立）"
    if of.own:
        return "不能给自己授权，请另一位安全管理员办理"
    return "" if of.active else "账号已停用，请先启用"


def why_not_from(day: date, *, today: date, newest_from: date, newest: int) -> str:
    """Why a new version cannot begin on a day; "" when it can."""
    if day < today:
        return "生效日期不能早于今天，过去的事按当时的制度办。"
    if day < newest_from:
        return f"第 {newest} 版自 {newest_from} 起施行，新版本不能早于它生效。"
    return ""
