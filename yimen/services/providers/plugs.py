"""What providers plug into the apps below: the grades, the proof, the navigation, the first page."""

from datetime import datetime
from typing import Any

from yimen.foundations.definitions.ports import Kind, everyday, kinds
from yimen.foundations.documents.api import FileKind
from yimen.foundations.documents.ports import PICTURES, Purpose, purposes
from yimen.foundations.ui.ports import HomeCard, NavItem, home_cards, navigation
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.registers.consents.ports import RestsOnConsent, rests_on_consent
from yimen.registers.organisations.api import own_units
from yimen.services.providers.engine.practice import KIND, ProviderPractice
from yimen.services.providers.operations import PROOF
from yimen.services.providers.operations.sharing import close_to_others
from yimen.services.providers.permissions import ACCEPT, CARE, SUBMIT, VIEW_WORK
from yimen.services.providers.queries.patients import to_answer, units_cared_for
from yimen.services.providers.queries.sharing import SHARED
from yimen.services.providers.queries.works import returned_to, waiting_submissions, work_lines

SHOWN = 4
# Proofs lie with their organisation, whose years of work are many.
MOST_PROOFS = 100_000


def _to_accept(*, by: Actor, at: datetime) -> dict[str, Any] | None:
    rows = list(waiting_submissions(by=by)[: SHOWN + 1])
    return {"rows": rows[:SHOWN], "more": len(rows) > SHOWN} if rows else None


def _own(*, by: Actor, at: datetime) -> dict[str, Any] | None:
    """What an organisation's account must look at: what came back, and what it cannot submit any more."""
    units = own_units(by=by, on=day_of(at))
    if not units:
        return None
    return {
        "unit": units[0],
        "returned": list(returned_to(units, by=by)[:SHOWN]),
        "barred": [one for one in work_lines(units, by=by, on=day_of(at)) if one.why_not],
    }


def _own_words(card: dict[str, Any]) -> str:
    returned, barred = len(card["returned"]), len(card["barred"])
    told = (returned and f"{returned} 笔申报退回待改", barred and f"{barred} 项服务现在不能申报")
    return "，".join(one for one in told if one)


def _referred(*, by: Actor, at: datetime) -> dict[str, Any] | None:
    """What was referred to one's organisation and waits (待接诊)."""
    if not units_cared_for(by=by, on=day_of(at)):
        return None
    return {"rows": list(to_answer(by=by, on=day_of(at))[:SHOWN])}


kinds.register(
    Kind(name=KIND, grammar=ProviderPractice, title="机构服务验收规矩", everyday=everyday("referral_days"))
)
rests_on_consent.register(RestsOnConsent(key="providers.referrals", purpose=SHARED, let_go=close_to_others))
purposes.register(
    Purpose(
        key=PROOF,
        title="服务凭证",
        kinds=frozenset({FileKind.PDF, *PICTURES}),
        most=MOST_PROOFS,
        shrink_to=300 * 1024,
        store_permission=SUBMIT,
        open_permission=VIEW_WORK,
    )
)
navigation.register(
    NavItem(label="机构服务", url_name="providers:home", icon="stethoscope", permission=VIEW_WORK, order=46)
)
home_cards.register(
    HomeCard(
        key="providers.to_accept",
        permission=ACCEPT,
        order=45,
        template="providers/accept_card.html",
        query=_to_accept,
        words=lambda card: "有机构服务待验收",
    )
)
navigation.register(
    NavItem(label="服务对象", url_name="providers:patients", icon="users", permission=CARE, order=11)
)
home_cards.register(
    HomeCard(
        key="providers.referred",
        permission=CARE,
        order=11,
        template="providers/referred_card.html",
        query=_referred,
        words=lambda card: f"{len(card['rows'])} 张转诊单等接诊" if card["rows"] else "",
    )
)
home_cards.register(
    HomeCard(
        key="providers.own",
        permission=SUBMIT,
        order=10,
        template="providers/own_card.html",
        query=_own,
        words=_own_words,
    )
)
