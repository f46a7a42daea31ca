"""What family support does when something was told."""

from yimen.foundations.bus.api import on
from yimen.services.family import operations
from yimen.work.desk.api import Outcome
from yimen.work.desk.events import CaseDecided

MATTER = "birth_registration"
CERTIFICATE = "one_child_certificate"


@on(CaseDecided, matter=MATTER, outcome=Outcome.REGISTERED)
def keep_what_was_registered(*, event, by, at):
    """A birth registration is complete: keep it, if its person agreed (保存生育登记)."""
    operations.keep_registration(by=by, at=at, case=event.subject)


@on(CaseDecided, matter=CERTIFICATE, outcome=Outcome.REGISTERED)
def keep_what_was_shown(*, event, by, at):
    """Somebody asked about her one-child certificate: note it, if she agreed (登记光荣证)."""
    operations.keep_certificate(by=by, at=at, case=event.subject)
