"""Decisions about gatherings that need no database and no clock."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from yimen.kernel.findings import Finding
from yimen.kernel.periods import age_on

PLANNED = "planned"
# 民法典第十七条: whoever has not completed eighteen years is a minor.
OF_AGE = 18
LONGEST = timedelta(hours=16)
MOST_SESSIONS = 30
MINUTES_OF_AN_HOUR = 60


@dataclass(frozen=True)
class Line:
    """So many entries of one item, with this quantity altogether (记入台账的)."""

    item: str
    entries: int
    quantity: int


def why_not_plan(
    *, title: str, place: str, starts_at: datetime, ends_at: datetime, capacity: int | None, sessions: int = 1
) -> list[Finding]:
    """Reasons against a plan (不能这样安排): nameless, nowhere, backwards, longer than a day, no seat."""
    findings = []
    if not title.strip():
        findings.append(Finding("gatherings.no_title", "写明活动名称。", "title"))
    if not place.strip():
        findings.append(Finding("gatherings.no_place", "写明在哪里办，来的人要找得到。", "place"))
    if ends_at <= starts_at:
        findings.append(Finding("gatherings.backwards", "结束要晚于开始。", "ends"))
    elif ends_at - starts_at > LONGEST:
        findings.append(Finding("gatherings.too_long", "一场最长十六个小时，跨天的请分开安排。", "ends"))
    if capacity is not None and capacity < 1:
        findings.append(Finding("gatherings.no_seat", "名额至少一个；不限名额的请留空。", "capacity"))
    if not 1 <= sessions <= MOST_SESSIONS:
        findings.append(Finding("gatherings.sessions", f"一次最多安排 {MOST_SESSIONS} 场。", "sessions"))
    return findings


def why_ended(state: str) -> Finding | None:
    """Why nothing can be done about it any more (活动已了结)."""
    if state == PLANNED:
        return None
    return Finding("gatherings.ended", "这场活动已经办结或者取消，请看最新情况。")


def is_minor(birth_on: date | None, day: date) -> bool:
    """Not yet eighteen on that day (未成年人)."""
    return birth_on is not None and age_on(birth_on, day) < OF_AGE


def why_not_sign_up(
    *,
    name: str,
    birth_on: date | None,
    died_on: date | None,
    guardian: str,
    agreed: bool,
    known: bool,
    lives_here: bool,
    begun: bool,
    present: bool,
    day: date,
    today: date,
) -> list[Finding]:
    """Reasons against a sign-up (不能报名): the dead, twice, from elsewhere, a minor whose guardian did not agree, too late or,
    for one who is said to be here, too early."""
    findings = []
    if died_on:
        findings.append(Finding("gatherings.died", f"{name}已去世，不能报名。"))
    if known:
        findings.append(Finding("gatherings.twice", f"{name}已经报过名。"))
    if not lives_here:
        said = f"{name}不在这场活动的辖区里。现场来的，请记入“没有登记姓名的人数”。"
        findings.append(Finding("gatherings.elsewhere", said))
    if is_minor(birth_on, day) and not (agreed and guardian.strip()):
        said = f"{name}未满 18 周岁，要监护人同意：写明监护人姓名，并勾选已经同意。"
        findings.append(Finding("gatherings.minor", said, "guardian"))
    if present and today < day:
        findings.append(Finding("gatherings.not_yet", "活动还没到日子，先报名，当天再签到。", "present"))
    if begun and not present:
        findings.append(Finding("gatherings.begun", "活动已经开始，请直接登记到场。", "present"))
    return findings


def has_seat(*, capacity: int | None, taken: int) -> bool:
    """Is there a seat left (还有名额)? Without a number there always is."""
    return capacity is None or taken < capacity


def why_not_sign_in(*, day: date, today: date) -> Finding | None:
    """Why nobody can be signed in yet (不能签到)."""
    return Finding("gatherings.not_yet", "活动当天才能签到。") if today < day else None


def why_not_close(*, starts_at: datetime, at: datetime, heads: int, helpers: int, why: str) -> Finding | None:
    """Why it cannot be closed (不能办结): not begun, or nobody came and nobody says why."""
    if at < starts_at:
        return Finding("gatherings.not_begun", "活动还没有开始。不办了的请取消。")
    if heads + helpers == 0 and not why.strip():
        return Finding(
            "gatherings.nobody", "没有一个人签到。真的没人来，请写明原因；不是的，请先签到。", "why"
        )
    return None


def minutes_between(starts_at: datetime, ends_at: datetime) -> int:
    """How long it lasts in minutes (时长)."""
    return int((ends_at - starts_at).total_seconds() // MINUTES_OF_AN_HOUR)


def in_hours(minutes: int) -> str:
    """Minutes in words (服务时长): 90 → 1 小时 30 分钟."""
    hours, rest = divmod(minutes, MINUTES_OF_AN_HOUR)
    said = [f"{hours} 小时"] if hours else []
    return " ".join([*said, f"{rest} 分钟"]) if rest or not hours else said[0]


def what_is_entered(
    *, held: str, attended: str, service: str, present: int, guests: int, helpers: int, minutes: int
) -> list[Line]:
    """What a closed gathering enters into the ledger (办结入账): the gathering once, each who signed in once, the unnamed in
    one line with their number, and each helper with the minutes served."""
    lines = [Line(held, 1, 1)]
    if present + guests:
        lines.append(Line(attended, present + bool(guests), present + guests))
    if service and helpers:
        lines.append(Line(service, helpers, helpers * minutes))
    return lines
