"""What care data plugs into the apps below: one special card for each kind, the way to them for clinicians, and its terms."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from yimen.foundations.definitions.ports import Kind, kinds
from yimen.foundations.retention.ports import Retention, retentions
from yimen.kernel.actor import Actor
from yimen.registers.consents.ports import OwnConsentLine, OwnConsents, own_consents
from yimen.registers.people.ports import FileAction, FileCard, file_actions, file_cards
from yimen.registers.places.api import FollowsItsArea
from yimen.registers.places.ports import restamp
from yimen.services.care.engine.care_kinds import KIND, CareKind, run_care_kind_example
from yimen.services.care.operations import withdraw_consent
from yimen.services.care.permissions import OPENED_BY, RECORD
from yimen.services.care.queries import (
    card_of,
    consents_in,
    mental_seen_before,
    own_consents_of,
    records_in,
    seen_before,
    withdrawn_before,
)

TITLES = {
    "maternal": "孕产保健",
    "reproductive": "生殖健康",
    "child": "儿童保健",
    "vaccination": "预防接种",
    "infectious": "传染病",
    "mental": "精神卫生",
}


def _card(kind: str) -> Callable[..., dict[str, Any] | None]:
    """The card of one kind: what it holds, nothing of another."""

    def load(people: Sequence[UUID], *, by: Actor) -> dict[str, Any] | None:
        records = card_of(people, kind, by=by)
        return {"records": records} if records else None

    return load


def _own_lines(people: Sequence[UUID], *, by: Actor, on: date) -> list[OwnConsentLine]:
    """What she agreed to of care data, for her own page; of whom it is told nobody else learns."""
    return [
        OwnConsentLine(
            key=key,
            title=f"记录{body.title}信息",
            notice=body.notice,
            stops="这一项的记录立即删除，不能恢复；不影响您看病。",
            agreed_on=None if consent.until else consent.since,
            told_by=consent.given_to_name,
        )
        for key, body, consent in own_consents_of(people, by=by, on=on)
    ]


def _withdraw_own(*, person: UUID, key: str, by: Actor, at: datetime, request_key: str | None = None) -> None:
    withdraw_consent(by=by, at=at, person=person, kind=key, request_key=request_key)


kinds.register(Kind(KIND, CareKind, "专项健康信息", run_example=run_care_kind_example))
for place, (key, permission) in enumerate(OPENED_BY.items()):
    # No model is named: how many rows there are of all kinds together is told to nobody.
    file_cards.register(
        FileCard(
            key=f"care.{key}",
            title=TITLES[key],
            order=70 + place,
            permission=permission,
            template="care/card.html",
            load=_card(key),
            special=True,
            in_emergency=RECORD,
        )
    )
file_actions.register(
    FileAction(
        key="care.person",
        label="专项健康",
        icon="stethoscope",
        order=85,
        permission=RECORD,
        url=lambda person, *, by: reverse("care:person", args=[person]),
    )
)
own_consents.register(
    OwnConsents(
        key="care",
        lines=_own_lines,
        withdraw=_withdraw_own,
        ask="撤回后这一项的记录立即删除，不能恢复，不用说明理由。确定吗？",
    )
)
retentions.register(Retention(key="care_records", rows=seen_before))
retentions.register(Retention(key="care_mental_records", rows=mental_seen_before))
retentions.register(Retention(key="care_consents", rows=withdrawn_before))
restamp.register(FollowsItsArea(key="care.consents", rows=consents_in))
restamp.register(FollowsItsArea(key="care.records", rows=records_in))
