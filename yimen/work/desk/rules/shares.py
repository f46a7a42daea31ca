"""Decisions about asking other units (协办规则), from facts alone."""

from collections.abc import Sequence
from datetime import date

from yimen.kernel.findings import Finding


def why_not_ask(
    *,
    unit_name: str,
    question: str,
    due_on: date | None,
    on: date,
    limit: date | None,
    already: Sequence[str],
) -> Finding | None:
    """The reason against asking one unit: nothing asked, asked already, or a day beyond the limit of the case.

    The clock of the case never stops because colleagues are asked, so they must answer within it.
    """
    if not unit_name:
        return Finding("desk.share_unit", "请选择单位，名册里没有的请写名称。", "unit")
    if not question.strip():
        return Finding("desk.share_question", f"请写明要{unit_name}答复什么。", "question")
    if unit_name in already:
        return Finding("desk.share_twice", f"已经在等{unit_name}答复，可以催办，不用再送一次。", "unit")
    if due_on is None or due_on < on:
        return Finding("desk.share_due", f"请写明{unit_name}今天或以后的答复期限。", "due_on")
    if limit is not None and due_on > limit:
        return Finding(
            "desk.share_after_limit",
            f"这件事承诺 {limit.month}月{limit.day}日前办结，不因协办停表，答复期限不能晚于这一天。",
            "due_on",
        )
    return None


def why_not_answer_share(
    *, state: str, helps: bool, text: str, has_amount: bool, typed_in: bool, said_by: str
) -> Finding | None:
    """The reason against an answer: none is awaited, no words, money without help, or typed in from nobody."""
    if state != "open":
        return Finding("desk.share_not_open", "这件协办已经答复过，或者已经收回、办结。")
    if not text.strip():
        return Finding("desk.share_words", "请用几句话写明答复，居民会读到。", "text")
    if has_amount and not helps:
        return Finding("desk.share_amount", "只有同意或已经给予时才写金额。", "amount")
    if typed_in and not said_by.strip():
        return Finding("desk.share_said_by", "代录的答复要写明是对方哪位答复的。", "said_by")
    return None


def why_not_urge(*, state: str, urged_on: date | None, on: date) -> Finding | None:
    """The reason against a reminder (催办): nothing is awaited, or there was one today."""
    if state != "open":
        return Finding("desk.share_not_open", "这件协办已经不用等了。")
    if urged_on == on:
        return Finding("desk.share_urged", "今天已经催过一次，一天只催一次。")
    return None


def why_not_decide_yet(*, awaited: Sequence[str], without: str) -> Finding | None:
    """The reason against deciding now: units have not answered, and nobody said why it is decided without them."""
    if awaited and not without.strip():
        return Finding(
            "desk.share_awaited",
            f"{'、'.join(awaited)}还没有答复。等答复，或写明为什么不等就决定。",
            "without",
        )
    return None
