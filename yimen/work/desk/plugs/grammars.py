"""What the desk plugs into definitions: matters, windows, standards, practices, and what is counted of them (办件的办法)."""

from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from yimen.foundations.audit.ports import proofs
from yimen.foundations.definitions.api import current_all
from yimen.foundations.definitions.ports import Kind, Reader, everyday, kinds, readers
from yimen.kernel.actor import Actor
from yimen.registers.places.api import SiteKind
from yimen.registers.places.ports import Offering, offerings
from yimen.standards.certificates import find_certificates, refusal_sentence
from yimen.work.desk.engine.coverage import run_one_stop_example
from yimen.work.desk.engine.examples import run_matter_example
from yimen.work.desk.engine.explanations import Explanation
from yimen.work.desk.engine.grammar import Matter, MatterField, OneStop, Practice, Window
from yimen.work.desk.engine.wording import EVERYDAY, read_matter
from yimen.work.desk.ports import acceptance_rules, decision_gates
from yimen.work.desk.queries import one_stop_values
from yimen.work.desk.queries.proofs import PROOFS
from yimen.work.indicators.ports import measures


def _may_stand(matter: Matter) -> list[str]:
    """Rules nobody registered, signatures nobody keeps; and no matter may issue what a community must not certify."""
    unknown = [f"受理规则「{rule}」没有登记" for rule in matter.rules if rule not in acceptance_rules]
    if matter.chain and not list(decision_gates):
        unknown.append("写了审签流程，审签功能却没有接入")
    return unknown + [refusal_sentence(each) for each in find_certificates(matter.title)]


def _asked(matter: Matter) -> list[str]:
    """What a matter asks of who comes: the papers, and what comes of it."""
    return [
        matter.title,
        matter.result,
        *(word for paper in matter.papers for word in (paper.key, paper.title)),
    ]


kinds.register(
    Kind(
        name="matter",
        grammar=Matter,
        title="事项",
        run_example=run_matter_example,
        check=_may_stand,
        asks=_asked,
        everyday=EVERYDAY,
    )
)
kinds.register(
    Kind(name="explanation", grammar=Explanation, title="不再办理的事", everyday=everyday("words", "text"))
)
kinds.register(
    Kind(
        name="window",
        grammar=Window,
        title="受理窗口",
        everyday=everyday("name", "phone", "address", "review_office", "court"),
    )
)


def _known_kinds(standard: OneStop) -> list[str]:
    known = SiteKind.values
    return [
        f"没有这种服务点「{kind}」；可用：{'、'.join(known)}" for kind in standard.kinds if kind not in known
    ]


class OneStopCommunities:
    """How many communities are served at one stop on a day (口径：一站式社区)."""

    key = "desk.one_stop_communities"
    title = "提供一站式服务的社区"

    def values(
        self, areas: Sequence[str], days: Sequence[date], *, by: Actor
    ) -> Mapping[tuple[str, date], int]:
        return one_stop_values(areas, days, by=by)

    def opens(self, area: str, on: date) -> str:
        return reverse("desk:coverage") + "?" + urlencode({"on": on.isoformat()})


measures.register(OneStopCommunities())


def _matters(on: date) -> list[tuple[str, str]]:
    return sorted(((one.key, one.body.title) for one in current_all("matter", on=on)), key=lambda one: one[1])


offerings.register(Offering(key="matter", title="事项", order=10, choices=_matters))
kinds.register(
    Kind(
        name="one_stop",
        grammar=OneStop,
        title="一站式标准",
        run_example=run_one_stop_example,
        check=_known_kinds,
    )
)
kinds.register(
    Kind(
        name="matter_field",
        grammar=MatterField,
        title="事项类别",
        everyday=everyday("title", "order", "covers", "ask"),
    )
)
kinds.register(
    Kind(
        name="practice",
        grammar=Practice,
        title="办件规矩",
        everyday=everyday(
            "sample_percent",
            "sample_least",
            "follow_up_working_days",
            "papers_follow_working_days",
            "papers_warning_working_days",
            "papers_wait_days",
            "parked_most",
            "phone_minutes",
            "phone_pages",
        ),
    )
)
readers.register(Reader("matter", read_matter))

for _proof in PROOFS:
    proofs.register(_proof)
