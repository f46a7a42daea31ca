"""Two streets with people at work, told through operations; run in the new database, prints what the tests must know.

Every text about a person of the first street holds the sign 鹮, of the second 鹭: a page on which the other street's sign
stands has leaked. The first community has a few of everything, the second many; the other street has a few.
"""

import json
import os
import sys
from typing import Any
from uuid import UUID

import django

from tests.journeys.world.desk_work import DeskWork
from tests.journeys.world.ground import Ground
from tests.journeys.world.residents import Residents
from tests.journeys.world.service_work import ServiceWork
from tests.journeys.world.streets import FIRST, PASSWORD, SECOND, Street


class Maker(Ground, Residents, DeskWork, ServiceWork):
    """Makes the world."""

    def make(self, *, idle: bool) -> dict[str, Any]:
        """All of it; ``idle`` leaves out what the streets have worked so far."""
        from yimen.foundations.bus.api import act_as, run_pending_jobs

        streets = [Street(FIRST, "鹮", "1381111"), Street(SECOND, "鹭", "1391111")]
        with act_as(self.by, on=self.today):
            self.lay_out(streets)
            for street in streets:
                self.staff(street)
                self.settle(street)
                self.delegate(street)
        for street in () if idle else streets:
            with act_as(self.by, on=self.today):
                self.work(street)
        run_pending_jobs()
        return {
            "password": PASSWORD,
            "today": self.today.isoformat(),
            "streets": {
                street.code: {
                    "sign": street.sign,
                    "phones": street.phones,
                    "posts": street.posts,
                    "ids": street.ids | {"post": street.posts["window_clerk.001"]},
                }
                for street in streets
            },
        }

    def work(self, street: Street) -> None:
        """Cases on every list, messages, calls, and a stored paper."""
        from yimen.foundations.audit.api import trail_of

        street.ids |= {
            "cases": {},
            "case": {},
            "message": {},
            "call": {},
            "letter": {},
            "paper_code": {},
            "file": {},
            "note": {},
            "duty": {},
            "share": {},
            "demand": {},
            "return": {},
            "edition": {},
            "return_whole": {},
            "part": {},
            "import": {},
            "seal": {},
            "seal_request": {},
            "export": {},
            "emergency": {},
            "mark": {},
            "handover": {},
            "difference": {},
            "archive_file": {},
            "box": {},
            "hall": {},
            "ticket": {},
            "transcript": {},
            "approval": {},
            "directive": {},
        }
        for community, count in street.communities:
            self._cases(street, community, count)
            self._messages(street, community, count)
            self._file(street, community)
            self._notes(street, community)
            self._share(street, community)
            self._hotline(street, community)
            self._seal(street, community)
            self._export(street, community)
            self._emergency(street, community)
            self._mark(street, community)
            self._demands(street, community)
            self._return(street, community)
            self._import(street, community)
            self._archive(street, community, count)
            self._gatherings(street, community)
            self._queue(street, community)
            self._rounds(street, community)
            self._transcripts(street, community)
            self._submissions(street, community)
            self._directives(street, community)
            self._name_lists(street, community)
        self._providers(street)
        self._alert(street)
        self._form_draft(street)
        row = trail_of(UUID(street.ids["case"][street.few]), by=self.by).first()
        street.ids["deed"] = str(row.deed)


def main() -> None:
    """Migrate as the owner, take over the definitions, make the world (``idle``: no work yet), print what must be known."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.journeys.settings")
    django.setup()
    from django.core.management import call_command

    call_command("migrate", database="owner", verbosity=0, skip_checks=True)
    call_command("sync_definitions", verbosity=0)
    print(json.dumps(Maker().make(idle="idle" in sys.argv), ensure_ascii=True))  # noqa: T201 - its only answer


if __name__ == "__main__":
    sys.exit(main())
