"""What transcripts plug into the apps below: their definition, the navigation, the card on a case, areas that change."""

from datetime import date, datetime
from uuid import UUID

from django.conf import settings

from yimen.foundations.definitions.ports import Kind, kinds
from yimen.foundations.documents.api import FileKind
from yimen.foundations.documents.ports import Purpose, purposes
from yimen.foundations.retention.ports import Retention, retentions
from yimen.foundations.ui.ports import NavItem, navigation
from yimen.kernel.actor import Actor
from yimen.registers.places.ports import AreaMove, restamp
from yimen.work.desk.ports import CaseCard, case_cards
from yimen.work.transcripts import operations
from yimen.work.transcripts.engine.grammar import KIND, OutsideSystem, run_system_example
from yimen.work.transcripts.permissions import VIEW, WRITE
from yimen.work.transcripts.queries import Card, cards_of_case, sheets_before


class TranscriptsFollowTheirArea:
    """What waits to be typed when areas are reorganised."""

    key = "transcripts"

    def carry_over(self, *, by: Actor, at: datetime, move: AreaMove) -> int:
        return operations.carry_over_transcripts(by=by, at=at, move=move)


def _cards(case: UUID, *, by: Actor, on: date) -> list[Card] | None:
    return cards_of_case(case, by=by, on=on) or None


kinds.register(Kind(name=KIND, grammar=OutsideSystem, title="外部系统", run_example=run_system_example))
navigation.register(
    NavItem(label="抄录", url_name="transcripts:transcripts", icon="copy", permission=VIEW, order=24)
)
case_cards.register(
    CaseCard(
        key="transcripts.cards",
        title="抄录卡",
        icon="copy",
        template="transcripts/case_card.html",
        load=_cards,
        permission=VIEW,
    )
)
restamp.register(TranscriptsFollowTheirArea())
retentions.register(Retention(key="transcripts_sheets", rows=sheets_before))
purposes.register(
    Purpose(
        key=operations.PURPOSE,
        title="外部系统的导出表",
        most=1,
        kinds=frozenset({FileKind.XLSX, FileKind.CSV}),
        personal=False,
        most_bytes=settings.YIMEN_IMPORT_MOST_BYTES,
        most_unpacked=settings.YIMEN_IMPORT_MOST_UNPACKED,
        store_permission=WRITE,
        open_permission=WRITE,
    )
)
