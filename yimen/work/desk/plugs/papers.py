"""What the desk plugs into papers, notes and sheets: photographed pages, a case out of a note, the list in full."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from yimen.foundations.documents.ports import FileKind, Purpose, purposes
from yimen.foundations.exports.ports import ExportSource
from yimen.foundations.exports.ports import sources as export_sources
from yimen.kernel.actor import Actor
from yimen.work.desk.engine.trays import PAGE
from yimen.work.desk.permissions import ACCEPT_CASE, VIEW_CASES
from yimen.work.desk.queries import cases_of_notes
from yimen.work.desk.queries.cases import find_cases
from yimen.work.ledger.api import CannotUndo
from yimen.work.ledger.ports import Born, NoteTold, Sequel, sequels

# A photographed page is readable with 300 KB; single pages are seen only by the clerk who holds them, so no look is left.
purposes.register(
    Purpose(
        key=PAGE,
        title="待收材料",
        most=300,
        kinds=frozenset({FileKind.PDF, FileKind.JPG, FileKind.PNG}),
        shrink_to=300 * 1024,
        personal=False,
        store_permission=ACCEPT_CASE,
        open_permission=ACCEPT_CASE,
    )
)


def _why_no_case(*, person: UUID | None) -> str:
    return "" if person else "要受理办件，先选一位居民。"


def _choose_with_note(note: NoteTold) -> str:
    return reverse("desk:choose") + "?" + urlencode({"person": note.person, "origin": note.entry})


def _cases_born(entries: Sequence[UUID], *, by: Actor) -> dict[UUID, Born]:
    return {
        case.origin: Born(
            f"办件：{case.matter_title} {case.spoken_number}", reverse("desk:case", args=[case.public_id])
        )
        for case in cases_of_notes(entries, by=by)
    }


def _no_case_may_rest_on_it(entry: UUID, *, by: Actor, at: datetime) -> None:
    if case := next(iter(cases_of_notes([entry], by=by)), None):
        raise CannotUndo(f"已经据此受理了办件 {case.spoken_number}，不能撤回；需要时请申请人撤回办件。")


sequels.register(
    Sequel(
        key="case",
        label="有事，要办",
        permission=ACCEPT_CASE,
        order=10,
        why_not=_why_no_case,
        next_url=_choose_with_note,
        born=_cases_born,
        undo=_no_case_may_rest_on_it,
    )
)
export_sources.register(
    ExportSource(
        key="desk.cases", where="yimen.work.desk.lists.AllCases", permission=VIEW_CASES, rows=find_cases
    )
)
