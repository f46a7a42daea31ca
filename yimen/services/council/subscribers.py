"""What community self-government does when something was told."""

from datetime import date

from yimen.foundations.access.events import AccountClosed
from yimen.foundations.bus.api import on
from yimen.services.council import operations
from yimen.services.council.events import FilingClosed
from yimen.work.desk.api import Outcome
from yimen.work.desk.events import CaseDecided

FILING = "association_filing"
VISIT = "reception_visit"


@on(CaseDecided, matter=FILING, outcome=Outcome.GRANTED)
def keep_what_was_filed(*, event, by, at):
    """A filing was granted: keep it, and the organisation it is (登记备案)."""
    operations.record_filing(by=by, at=at, case=event.subject)


@on(CaseDecided, matter=VISIT)
def close_the_stated_date(*, event, by, at):
    """A visitor was answered: her date is closed (限期答复办结)."""
    operations.close_promise(by=by, at=at, case=event.subject)


@on(FilingClosed)
def dissolve_the_organisation(*, event, by, at):
    """A filing was closed: its organisation stands no longer (随注销撤销单位)."""
    operations.dissolve_with_filing(
        by=by, at=at, organisation=event.organisation, until=date.fromisoformat(event.closed_on)
    )


@on(AccountClosed)
def hand_over_the_answers_of_a_leaver(*, event, by, at):
    """A colleague left: somebody else is reminded of what she promised (离岗交接)."""
    operations.hand_over_promises(by=by, at=at, account=event.subject, to=event.to)
