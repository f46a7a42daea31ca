"""Decisions of approvals from facts alone: who may sign, what follows, how a number and a code read (审签的规则)."""

import base64
import binascii
import re
from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from yimen.kernel.actor import Hold
from yimen.kernel.findings import Finding

LEAST_WORDS = 2
_CODE = re.compile(r"cp\.([a-z2-7]{26})")


def written_number(*, year: int, sequence: int) -> str:
    """The number as it is written (呈批编号)."""
    return f"呈批〔{year}〕{sequence}号"


def paper_code(submission: UUID) -> str:
    """The code on the printed sheet (呈批单代码): typed or scanned in the search box it leads back to the submission."""
    return f"cp.{base64.b32encode(submission.bytes).decode().rstrip('=').lower()}"


def submission_of_code(code: str) -> UUID | None:
    """Which submission a printed code stands for (呈批单代码), None when it is no such code."""
    found = _CODE.fullmatch("".join(code.split()).lower())
    if found is None:
        return None
    try:
        return UUID(bytes=base64.b32decode(f"{found[1].upper()}======"))
    except (binascii.Error, ValueError):
        return None


def hold_for(
    holds: Sequence[Hold],
    *,
    role: str,
    area: str,
    permission: str,
    without: Collection[str] = (),
    key: str = "",
    only: str = "",
) -> Hold | None:
    """By which role somebody may sign at a seat (以什么身份签): her own first, then one she holds in another's place (代).

    ``only`` is the key of who was named to sign there: she signs (``key``), or who stands in for her.
    Never in the place of one in ``without``: who drafted, or signed already, does not sign by a deputy either.
    """
    fitting = [
        hold
        for hold in holds
        if hold.role == role
        and area.startswith(hold.area)
        and permission in hold.permissions
        and hold.for_key not in without
        and (not only or only == (hold.for_key or key))
    ]
    return min(fitting, key=lambda hold: bool(hold.for_key), default=None)


def why_not_sign(
    *, signing: bool, drafted: bool, signed_before: bool, fits: bool, seats: Sequence[str], who: str = "您"
) -> Finding | None:
    """Why ``who`` cannot sign now (不能审签的原因), None when she can. ``seats`` are the open places, by title."""
    if not signing:
        return Finding("approvals.not_signing", "这份呈批件现在不在审签中。")
    if drafted:
        return Finding("approvals.own_draft", "自己经办的呈批件要由别人审签。")
    if signed_before:
        return Finding("approvals.signed_before", f"{who}在前面的环节已经签过，这一环节要由别人签。")
    if not fits:
        return Finding("approvals.not_your_turn", f"现在轮到{'、'.join(seats)}，不由{who}签。")
    return None


def why_not_this_verdict(*, returns: bool, may_return: bool, remark: str) -> Finding | None:
    """A return says why, and only where the chain allows it (退回)."""
    if returns and not may_return:
        return Finding("approvals.no_return_here", "这一环节不能退回，有不同意见请写在批语里。", "remark")
    if returns and len(remark) < LEAST_WORDS:
        return Finding("approvals.return_says_why", "退回要写明原因，经办人照着改。", "remark")
    return None


def why_not_draft(*, title: str, text: str) -> Finding | None:
    """What a submission must say (呈批内容)."""
    if len(title) < LEAST_WORDS:
        return Finding("approvals.no_title", "请写标题。", "title")
    if len(text) < LEAST_WORDS:
        return Finding("approvals.no_text", "请写明请示什么、拟怎样办。", "text")
    return None


def why_not_that_day(*, on: date, not_before: date, today: date) -> Finding | None:
    """A signature on paper bears a day between the step before it and today (纸上签署日期)."""
    if on > today:
        return Finding("approvals.day_to_come", "签署日期还没有到。", "on")
    if on < not_before:
        return Finding(
            "approvals.day_too_early",
            f"签署日期早于{not_before.month}月{not_before.day}日，那时还没有轮到这一环节。",
            "on",
        )
    return None
