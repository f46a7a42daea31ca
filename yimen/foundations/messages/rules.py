"""Decisions of messages that need no database: titles that give nothing away, and when to try again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from yimen.standards.masking import find_leaks


def neutral_title(title: str, *, words: Collection[str], otherwise: str) -> str:
    """The title for a shared or locked screen (中性标题): itself, or `otherwise` when it gives something away.

    It does so by one of the `words` (救助, 残疾, 病名 …) or by a number of a person. The text itself is left as it is: it is
    read after opening.
    """
    tells = any(word in title for word in words) or bool(find_leaks(title))
    return otherwise if tells else title


@dataclass(frozen=True)
class NextTry:
    """What follows a try that told nobody: the day to try again, or None when it was the last one."""

    tries: int
    on: date | None


def next_try(*, tries: int, most: int, on: date, after_days: int) -> NextTry:
    """After one more try in vain (再次联系): again after so many days, until `most` tries were made."""
    made = tries + 1
    return NextTry(made, None if made >= most else on + timedelta(days=after_days))


def why_not_link(link: str) -> str:
    """Why a link does not lead to a page of ours; "" when it does or when there is none."""
    inside = link.startswith("/") and not link.startswith(("//", "/\\"))
    return "" if inside or not link else "链接只能指向本系统的页面。"
