"""What those who look after the house see first (三员首页): vacant posts, and who could not sign in."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from yimen.foundations.access.api import SignInOutcome, locks_of, sign_ins
from yimen.foundations.audit.api import ReadingState, audited_unusual, seal_state
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.registers.organisations.api import APPOINT, all_posts

SHOWN, LOOK_BACK = 6, timedelta(days=7)
MANY_FAILURES = 5
_IN_VAIN = (SignInOutcome.WRONG_PASSWORD, SignInOutcome.WRONG_CODE, SignInOutcome.LOCKED)


def vacant_posts(*, by: Actor, at: datetime) -> dict[str, Any]:
    """Posts that nobody holds today (空缺岗位), where the actor appoints."""
    areas = tuple(by.areas_for(APPOINT))
    lines = [line for line in all_posts(by=by, on=day_of(at)) if line.post.area.startswith(areas)]
    vacant = [line for line in lines if not line.holders]
    return {"vacant": vacant[:SHOWN], "more": max(len(vacant) - SHOWN, 0), "posts": len(lines)}


def failed_sign_ins(*, by: Actor, at: datetime) -> dict[str, Any]:
    """Whose sign-in failed in the last week (登录失败), the most often first, who is locked, and how far the seals reach."""
    tried = sign_ins(by=by).filter(at__gte=at - LOOK_BACK, outcome__in=_IN_VAIN, account__isnull=False)
    rows = [one.account for one in tried[:1000]]
    counts = Counter(account.public_id for account in rows)
    accounts = {account.public_id: account for account in rows}
    locked = locks_of(accounts.values(), at=at)
    return {
        "failed": [
            {
                "account": accounts[key],
                "times": times,
                "many": times >= MANY_FAILURES,
                "locked": key in locked,
            }
            for key, times in counts.most_common(SHOWN)
        ],
        "seals": seal_state(),
    }


def open_alerts(*, by: Actor, at: datetime) -> dict[str, Any]:
    """How many alerts on unusual reading wait for the auditor (待核实的异常查阅), and of which day the oldest is."""
    waiting = audited_unusual(by=by).filter(state=ReadingState.OPEN)
    days = list(waiting.values_list("on", flat=True))
    return {"open": len(days), "oldest": min(days, default=None)}
