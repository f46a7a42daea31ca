"""The writers of consents: she agrees, she takes it back."""

from datetime import datetime
from uuid import UUID

from yimen.foundations.audit.api import operation, record, unchanged
from yimen.foundations.bus.api import announce
from yimen.foundations.definitions.api import find_current, version
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.periods import age_on
from yimen.kernel.refusals import NotPossible
from yimen.kernel.text import clean_line
from yimen.registers.consents.engine.purposes import PURPOSE
from yimen.registers.consents.events import ConsentGiven, ConsentWithdrawn
from yimen.registers.consents.models import Consent
from yimen.registers.consents.permissions import KEEP
from yimen.registers.consents.ports import rests_on_consent
from yimen.registers.consents.queries import NoConsent, standing
from yimen.registers.consents.rules import why_not_agree
from yimen.registers.people import api as people


class CannotAgree(NotPossible):
    code = "consents.cannot_agree"


@operation("consents.consent.given")
def give_consent(
    *,
    by: Actor,
    at: datetime,
    person: UUID,
    purpose: str,
    proof: str,
    proof_note: str = "",
    said_by: str = "",
) -> Consent:
    """Note that a resident agreed to a purpose (登记同意), in the words of today's edition, with what proves it.

    Refuses the dead, a purpose that is not in force or has ended, a proof that does not count for it, and a child under
    fourteen without the name of her guardian (个人信息保护法第三十一条). Noted twice, it is the same consent.
    """
    stamp = people.person_stamp(person, by=by)
    by.must(KEEP, area=stamp.area)
    on = day_of(at)
    if stamp.died_on:
        raise CannotAgree(f"{stamp.name}已登记死亡。")
    known = find_current(PURPOSE, purpose, on=on)
    if known is None:
        raise CannotAgree("请选择一个用途。")
    findings = why_not_agree(
        proofs=known.body.proofs,
        sensitive=known.body.sensitive,
        ended=known.body.ended,
        proof=proof,
        proof_note=proof_note,
        age=age_on(stamp.birth_on, max(on, stamp.birth_on)) if stamp.birth_on else None,
        said_by=said_by,
    )
    if findings:
        raise CannotAgree("".join(one.sentence for one in findings), findings=findings)
    ids = people.person_ids(stamp.public_id, by=by)
    held = standing(ids, purpose, on=on, by=by)
    if held is not None and held.wording == known.id:
        unchanged()
        return held
    # Earlier words that she agreed to, and what a later word on another file of hers took back, give way to this.
    older = Consent.objects.within(by).select_for_update(of=("self",)).filter(person__in=ids, purpose=purpose)
    for row in older.filter(withdrawn_at__isnull=True):
        _end(row, by=by, at=at)
    # Two windows at once: the second finds the consent of the first.
    given, made = Consent.objects.get_or_create(
        person=stamp.public_id,
        purpose=purpose,
        withdrawn_at=None,
        defaults={
            "area": stamp.area,
            "wording": known.id,
            "proof": proof,
            "proof_note": clean_line(proof_note)[:120],
            "said_by": clean_line(said_by)[:80],
            "given_at": at,
            "given_by": by.key,
            "given_by_name": by.name,
        },
    )
    if not made:
        unchanged()
        return given
    record(given, kind="consent", area=given.area, proof=proof, **_told(given))
    announce(ConsentGiven(subject=given.person, area=given.area, purpose=purpose))
    return given


@operation("consents.consent.withdrawn")
def withdraw_consent(*, by: Actor, at: datetime, person: UUID, purpose: str) -> int:
    """She takes a consent back (撤回同意): without a reason, on all her files, from this moment; answers how many rows ended.

    What rests on it ends in the same transaction (`ports.rests_on_consent`); what was done before stays lawful
    (个人信息保护法第十五条第二款).
    """
    stamp = people.person_stamp(person, by=by)
    by.must(KEEP, area=stamp.area)
    ids = people.person_ids(stamp.public_id, by=by)
    rows = Consent.objects.within(by).select_for_update(of=("self",)).filter(person__in=ids, purpose=purpose)
    standing_rows = list(rows.filter(withdrawn_at__isnull=True))
    if not standing_rows:
        if not rows.exists():
            raise NoConsent
        unchanged()
        return 0
    for row in standing_rows:
        _end(row, by=by, at=at)
        record(row, kind="consent", area=row.area, **_told(row))
    for one in rests_on_consent:
        if one.purpose == purpose:
            one.let_go(people=ids, by=by, at=at)
    announce(ConsentWithdrawn(subject=stamp.public_id, area=stamp.area, purpose=purpose))
    return len(standing_rows)


def _told(row: Consent) -> dict[str, str]:
    """What the trail says of a consent; of one that only she reads (只给本人看) neither whose it is nor for what."""
    if version(row.wording).body.discreet:
        return {}
    return {"person": str(row.person), "purpose": row.purpose}


def _end(row: Consent, *, by: Actor, at: datetime) -> None:
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_by_name = max(at, row.given_at), by.key, by.name
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_by_name"])
