"""The page of a submission: its boxes and its history, in words."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from yimen.kernel.clock import day_of
from yimen.work.approvals.choices import State, Verdict
from yimen.work.approvals.queries import Box, SubmissionView


@dataclass(frozen=True)
class BoxLine:
    """One line of the table of opinions (审签栏)."""

    kind: str
    title: str
    said: str
    who: str
    on: date | None
    how: str
    tone: str
    returns: bool = True


def box_lines(view: SubmissionView, *, today: date) -> list[BoxLine]:
    """The boxes of the chain, filled as far as they are (审签意见表)."""
    return [_box(box, live=view.submission.state == State.SIGNING, today=today) for box in view.boxes]


def _box(box: Box, *, live: bool, today: date) -> BoxLine:
    signed = box.signature
    if signed is not None:
        tone = "good" if signed.verdict == Verdict.AGREED else "warn"
        return BoxLine(box.kind, box.title, said(signed), who(signed), signed.signed_on, how(signed), tone)
    late = bool(box.waits and box.due_on and box.due_on < today)
    words = f"等{box.named}签" if box.waits else "还没轮到" if live else ""
    if box.named and words and not box.waits:
        words += f"（{box.named}）"
    if box.waits and box.due_on:
        words += f"，应在{box.due_on.month}月{box.due_on.day}日前"
    tone = "late" if late else "neutral"
    return BoxLine(box.kind, box.title, words, "", None, "", tone, returns=box.returns)


def said(signed: Any) -> str:
    """What was said (意见)."""
    words = signed.get_verdict_display()
    return f"{words}：{signed.remark}" if signed.remark else words


def who(signed: Any) -> str:
    """Who signed, and in whose place (签署人)."""
    return f"{signed.signed_by_name}（代{signed.for_whom}）" if signed.for_whom else signed.signed_by_name


def how(signed: Any) -> str:
    """On paper or on the screen (怎样签的)."""
    return f"纸上审签，{signed.entered_by_name}登记" if signed.on_paper else ""


def story(view: SubmissionView) -> list[dict[str, Any]]:
    """What happened to it, the latest first (经过): each sending, each signature, how it ended."""
    found, lines = view.submission, []
    for sending in [one.sending for one in view.past]:
        lines += _ended(sending)
    if found.final_at:
        lines.append(_line("终稿存档", found.final_at, found.final_by_name, "good", "folder"))
    if found.state == State.VOID:
        title = f"作废：{found.void_why}"
        lines.append(_line(title, found.settled_at, found.voided_by_name, "warn", "x"))
    elif found.state == State.ISSUED:
        lines.append(_line("已签发", found.settled_at, "", "good", "circle-check"))
    elif found.state == State.WITHDRAWN:
        lines.append(_line("已撤回", found.settled_at, found.drafter_name, "", "arrow-back-up"))
    signed = [box.signature for box in view.boxes if box.signature]
    signed += [one for past in view.past for one in past.signatures]
    titles = {box.signature.id: box.title for box in view.boxes if box.signature}
    for one in signed:
        title = f"{titles.get(one.id, '审签')}{one.get_verdict_display()}"
        agreed = one.verdict == Verdict.AGREED
        mark = ("good", "check") if agreed else ("warn", "arrow-back-up")
        text = "；".join(word for word in (one.remark, how(one)) if word)
        lines.append(_line(title, one.signed_at, who(one), *mark, text=text))
    lines.append(_line("送审", found.sent_at, found.drafter_name, "", "send"))
    return sorted(lines, key=lambda one: one["at"], reverse=True)


def _ended(sending: Any) -> list[dict[str, Any]]:
    sent = _line(f"第{sending.number}次送审", sending.sent_at, sending.drafter_name, "", "send")
    if sending.ended_as != State.WITHDRAWN or sending.ended_at is None:
        return [sent]
    back = _line(f"撤回：{sending.ended_why}", sending.ended_at, sending.drafter_name, "", "arrow-back-up")
    return [sent, back]


def _line(title: str, at: datetime, by: str, tone: str, icon: str, *, text: str = "") -> dict[str, Any]:
    return {"title": title, "text": text, "at": at, "by": by, "tone": tone, "icon": icon}


def waited_days(since: datetime, *, today: date) -> int:
    """For how many days it waits (等了几天)."""
    return (today - day_of(since)).days
