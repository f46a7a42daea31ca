"""What the simple matters plug into the desk: one rule, which says what takes the place of a certificate."""

from yimen.kernel.findings import Finding
from yimen.services.affairs.rules import what_instead
from yimen.work.desk.ports import AcceptanceRule, Application, acceptance_rules


def _decide(application: Application) -> list[Finding]:
    return what_instead(application.answers.get("kind", ""))


acceptance_rules.register(
    AcceptanceRule(key="affairs.what_instead", title="社区不开的证明：告诉谁能开、用什么代替", decide=_decide)
)
