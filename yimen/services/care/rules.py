"""Decisions about care data that need no database."""

from datetime import date

from yimen.kernel.findings import Finding
from yimen.kernel.periods import age_on

NO_CONSENT = "本人（不满十四周岁的，监护人）还没有同意记录这一项，先告知并取得单独同意；不同意也一样看病。"
GUARDED_UNTIL = 14  # 个人信息保护法第三十一条、第二十八条


def why_not_record(
    *, rests_on: str, agreed: bool, seen_on: date, on: date, words: str, died_on: date | None
) -> Finding | None:
    """Why a clinician cannot write this down now (能否记录): without consent where it needs one, or not of a day that was."""
    if rests_on == "consent" and not agreed:
        return Finding("care.no_consent", NO_CONSENT, "kind")
    if seen_on > on:
        return Finding("care.not_yet", "就诊日期在今天之后。", "seen_on")
    if died_on and seen_on > died_on:
        return Finding("care.after_death", "就诊日期在登记的死亡日期之后。", "seen_on")
    if not words.strip():
        return Finding("care.no_words", "请写下记录的内容。", "words")
    return None


def years_old(born: date | None, on: date) -> int | None:
    """Her age in full years (周岁) on a day; None when nobody knows when she was born."""
    return age_on(born, max(born, on)) if born else None


def why_not_offered(*, age_from: int | None, age_to: int | None, age: int | None) -> Finding | None:
    """Why a kind is not offered to somebody of this age in full years (专项的对象); unknown ages are not kept out."""
    if age is None or (age_from or 0) <= age <= (age if age_to is None else age_to):
        return None
    ages = f"{age_from}至{age_to}周岁" if age_from and age_to is not None else ""
    ages = ages or (f"{age_to}周岁以内" if age_to is not None else f"{age_from}周岁以上")
    return Finding("care.other_age", f"这一项只对{ages}的居民。", "kind")


def must_report(*, report_below: int | None, age: int | None) -> bool:
    """Is who gives this kind to somebody of this age told of the duty to report (强制报告)? Nobody of unknown age."""
    return report_below is not None and age is not None and age < report_below


def guarded(age: int | None) -> bool:
    """Does her guardian agree for her (监护人同意)? Under fourteen (个人信息保护法第三十一条)."""
    return age is not None and age < GUARDED_UNTIL


def who_agrees(age: int | None) -> str:
    """Whose consent counts (谁同意)."""
    return "监护人" if guarded(age) else "本人"


def why_not_agree(*, age: int | None, said_by: str) -> Finding | None:
    """Why a consent is not noted (不能登记同意的原因): of a child it names the guardian who gave it."""
    if guarded(age) and not said_by:
        return Finding("care.no_guardian", "不满十四周岁，由监护人同意：请写监护人的姓名。", "said_by")
    return None
