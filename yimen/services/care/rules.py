"""Decisions about care data that need no database."""

from datetime import date

from yimen.kernel.findings import Finding

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


def who_agrees(age: int | None) -> str:
    """Whose consent counts (谁同意): of somebody under fourteen her guardian's (个人信息保护法第三十一条)."""
    return "监护人" if age is not None and age < GUARDED_UNTIL else "本人"
