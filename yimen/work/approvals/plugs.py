"""What approvals plug into the apps below: their definition, the first page, files, the card beside a case, what stands before
a decision, and areas that change."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from yimen.foundations.audit.ports import Proof, proofs
from yimen.foundations.definitions.api import version
from yimen.foundations.definitions.ports import Kind, kinds
from yimen.foundations.documents.api import FileKind
from yimen.foundations.documents.ports import Purpose, purposes
from yimen.foundations.ui.ports import HomeCard, NavItem, home_cards, navigation
from yimen.kernel.actor import Actor
from yimen.kernel.numbers import spoken_case_number
from yimen.registers.places.ports import AreaMove, restamp
from yimen.work.approvals import operations
from yimen.work.approvals.choices import TONES, State
from yimen.work.approvals.engine.grammar import KIND, Chain, run_chain_example
from yimen.work.approvals.permissions import DRAFT, SIGN, VIEW
from yimen.work.approvals.ports import FROM_CASE, About, Subject, subject_key, subjects
from yimen.work.approvals.queries import standing_about, submissions_about, waiting_for
from yimen.work.desk.api import NoCase, find_cases
from yimen.work.desk.ports import CaseCard, DecisionGate, Passage, case_cards, decision_gates

SHOWN = 5
_SCANS = frozenset({FileKind.PDF, FileKind.JPG, FileKind.PNG, FileKind.OFD})


class SubmissionsFollowTheirArea:
    """What is under way when areas are reorganised."""

    key = "approvals"

    def carry_over(self, *, by: Actor, at: datetime, move: AreaMove) -> int:
        return operations.carry_over_submissions(by=by, at=at, move=move)


def _case(case: UUID, *, by: Actor, on: date) -> About:
    """A case as something to be submitted (办件呈批)."""
    found = find_cases(by=by).filter(public_id=case).first()
    if found is None:
        raise NoCase
    return About(
        area=found.area,
        title=f"关于{found.matter_title}（{spoken_case_number(found.number)}）的请示",
        url=reverse("desk:case", args=[case]),
        chain=version(found.matter_version).body.chain,
    )


def _look(case: UUID, chain: str, *, by: Actor) -> Passage:
    """Is what stands about this case by this chain issued (审签完了没有)?"""
    found = standing_about(subject_key(FROM_CASE, case), chain, by=by)
    if found is None:
        return Passage(False, "这件事决定前要先审签，还没有呈批。")
    if found.state != State.ISSUED:
        where = f"，现在到{found.step_title}" if found.step_title else ""
        return Passage(False, f"{found.number}{State(found.state).label}{where}，签发以后才能决定。")
    return Passage(True, f"凭{found.number}签发")


def _card(case: UUID, *, by: Actor, on: date) -> Mapping[str, Any] | None:
    """The submissions about a case, and the way to a new one where its matter asks for signatures."""
    if not any(by.can_somewhere(one) for one in (DRAFT, SIGN, VIEW)):
        return None
    rows = submissions_about(subject_key(FROM_CASE, case), by=by)
    found = find_cases(by=by).filter(public_id=case).first()
    chain = version(found.matter_version).body.chain if found else ""
    if not rows and not chain:
        return None
    for one in rows:
        one.tone = TONES[State(one.state)]
    open_still = found is not None and found.settled_on is None and by.can(DRAFT, area=found.area)
    about = urlencode({"about": subject_key(FROM_CASE, case)})
    stands = any(one.chain == chain and one.state != State.VOID for one in rows)
    return {
        "rows": rows,
        "needed": "这件事决定前要先审签，还没有呈批。" if chain else "",
        "url": f"{reverse('approvals:draft')}?{about}" if chain and open_still and not stands else "",
    }


def _waiting(*, by: Actor, at: datetime) -> Mapping[str, Any] | None:
    found = waiting_for(by=by, most=SHOWN + 1)
    return {"rows": found[:SHOWN], "more": len(found) > SHOWN} if found else None


def _words(card: Mapping[str, Any]) -> str:
    return f"{len(card['rows'])} 件{'以上' if card['more'] else ''}等您审签"


kinds.register(Kind(name=KIND, grammar=Chain, title="审签流程", run_example=run_chain_example))
navigation.register(
    NavItem(label="待我审签", url_name="approvals:waiting", icon="clipboard-check", permission=SIGN, order=25)
)
navigation.register(
    NavItem(label="呈批件", url_name="approvals:submissions", icon="file-text", permission=DRAFT, order=26)
)
home_cards.register(
    HomeCard(
        key="approvals.waiting",
        permission=SIGN,
        order=5,
        template="approvals/home_card.html",
        query=_waiting,
        words=_words,
    )
)
subjects.register(Subject(key=FROM_CASE, title="办件", load=_case))
case_cards.register(
    CaseCard(
        key="approvals.case",
        title="审签",
        icon="clipboard-check",
        template="approvals/case_card.html",
        load=_card,
    )
)
decision_gates.register(DecisionGate(key="approvals", title="审签", look=_look))
restamp.register(SubmissionsFollowTheirArea())
for _key, _title, _kinds in (
    (operations.ATTACHMENT, "呈批附件", None),
    (operations.SCAN, "签过字的呈批单", _SCANS),
    (operations.FINAL, "呈批终稿", _SCANS),
):
    purposes.register(
        Purpose(
            key=_key,
            title=_title,
            store_permission=DRAFT,
            open_permission=VIEW,
            **({"kinds": _kinds} if _kinds else {}),
        )
    )
proofs.register(
    Proof(
        key="approvals.numbers",
        title="呈批编号连续，对已送审的呈批件",
        kept="SELECT concat_ws('|', street, year), last || '/' || last FROM approvals_submissioncounter WHERE last > 0",
        truth="SELECT concat_ws('|', street, year), count(*) || '/' || max(sequence) FROM approvals_submission GROUP BY 1",
    )
)
