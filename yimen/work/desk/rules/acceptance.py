"""May this application be accepted? (受理规则)"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from yimen.kernel.findings import Finding

HERE = frozenset({"seen", "copied", "on_file", "promised"})
COUNTED = HERE | {"tolerated"}


@dataclass(frozen=True)
class PaperAsked:
    """One paper as the matter asks for it in this application."""

    key: str
    title: str
    may_follow: bool
    may_promise: bool


def missing_papers(*, asked: Iterable[PaperAsked], states: Mapping[str, str]) -> list[Finding]:
    """The papers that are neither there nor allowed to follow or be promised (缺件)."""
    findings = []
    for paper in asked:
        state = states.get(paper.key, "missing")
        if state not in COUNTED:
            findings.append(Finding("desk.paper_missing", f"还缺：{paper.title}", paper.key))
        elif state == "tolerated" and not paper.may_follow:
            findings.append(Finding("desk.paper_must_be_there", f"{paper.title}不能容缺后补。", paper.key))
        elif state == "promised" and not paper.may_promise:
            findings.append(Finding("desk.paper_no_promise", f"{paper.title}不能用承诺代替。", paper.key))
    return findings


def home_of(community: str, *, street: str) -> str:
    """The applicant's own community where it belongs to the street that serves her (居住社区), else nothing: another street's
    offices are told by nobody but herself."""
    return community if community.startswith(street) else ""


def why_not_own_household(*, clerk: UUID | None, household: Iterable[UUID]) -> Finding | None:
    """A clerk may not accept or decide a case of her own household (回避)."""
    if clerk is not None and clerk in set(household):
        return Finding("desk.own_household", "这是您本人或家人的事，请换一位同事办理。")
    return None


def why_not_for(*, died_on: date | None, name: str) -> Finding | None:
    """Nothing is accepted in the name of a person who has died; the family applies in its own name."""
    if died_on is not None:
        return Finding("desk.applicant_died", f"{name}已于 {died_on} 去世登记，请由家属本人申请。")
    return None
