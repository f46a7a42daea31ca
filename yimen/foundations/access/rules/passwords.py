"""What makes a password strong enough (口令强度)."""

import secrets
import string
from collections.abc import Sequence

from yimen.kernel.findings import Finding

SHORTEST = 10
LONGEST = 128
KINDS_NEEDED = 3
NAME_PART = 3
# What is read out or copied from a slip: no letter that looks like another or like a digit.
_READABLE = ("ABCDEFGHJKMNPQRSTUVWXYZ", "abcdefghjkmnpqrstuvwxyz", "23456789")


def weaknesses(password: str, *, username: str, name: str) -> list[Finding]:
    """Why a password (口令) is too weak: at least 10 characters, 3 of 4 kinds, without the account's names in it."""
    found = []
    if not SHORTEST <= len(password) <= LONGEST:
        found.append(_finding("length", f"口令应为 {SHORTEST} 至 {LONGEST} 个字符。"))
    if kinds_in(password) < KINDS_NEEDED:
        found.append(_finding("kinds", "口令应包含大写字母、小写字母、数字、符号中的至少三种。"))
    folded = password.casefold()
    if any(part in folded for part in _name_parts(username, name)):
        found.append(_finding("name", "口令中不要出现登录名或姓名。"))
    if len(set(folded)) < SHORTEST // 2:
        found.append(_finding("repeated", "口令中重复的字符太多。"))
    return found


def first_password(*, username: str, name: str) -> str:
    """A random first password (首次口令) that is strong enough and can be read from a slip: Kp7m-4tRw-9xHe."""
    while True:
        letters = [secrets.choice("".join(_READABLE)) for _ in range(12)]
        made = "-".join("".join(letters[start : start + 4]) for start in (0, 4, 8))
        kinds = all(any(letter in kind for letter in letters) for kind in _READABLE)
        if kinds and not weaknesses(made, username=username, name=name):
            return made


def kinds_in(password: str) -> int:
    """How many of the four kinds occur: capitals, small letters, digits, everything else."""
    groups = (string.ascii_uppercase, string.ascii_lowercase, string.digits)
    kinds = sum(any(character in group for character in password) for group in groups)
    return kinds + any(character not in "".join(groups) for character in password)


def _name_parts(username: str, name: str) -> Sequence[str]:
    # A Chinese name counts from two characters on, a login name from three.
    parts = [username.casefold()] if len(username) >= NAME_PART else []
    return [*parts, name.casefold()] if len(name) > 1 else parts


def _finding(code: str, sentence: str) -> Finding:
    return Finding(code=f"access.password.{code}", sentence=sentence, field="new")
