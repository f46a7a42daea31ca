"""What stands before a decision (决定前的关口): the signatures that a matter asks for."""

from uuid import UUID

from yimen.kernel.actor import Actor
from yimen.kernel.findings import Finding
from yimen.work.desk.engine.grammar import Matter
from yimen.work.desk.engine.steps import CannotDo
from yimen.work.desk.ports import decision_gates


def why_not_through(case: UUID, matter: Matter, *, by: Actor) -> tuple[Finding | None, str]:
    """Why a case cannot be decided yet (审签未完), None when it can; and what the step notes of it.

    A matter that names no chain asks nobody. One that names a chain is not decided while no gate is there to ask.
    """
    if not matter.chain:
        return None, ""
    looks = [gate.look(case, matter.chain, by=by) for gate in decision_gates]
    if not looks:
        return Finding("desk.no_gate", "这件事要先审签，审签功能没有接入，请联系管理员。"), ""
    closed = next((one for one in looks if not one.passed), None)
    if closed:
        return Finding("desk.not_signed", closed.words), ""
    return None, "；".join(one.words for one in looks if one.words)


def must_be_through(case: UUID, matter: Matter, *, by: Actor) -> str:
    """Refuse a decision before its signatures; answers what the step notes of them."""
    finding, note = why_not_through(case, matter, by=by)
    if finding:
        raise CannotDo(finding.sentence, findings=[finding])
    return note
