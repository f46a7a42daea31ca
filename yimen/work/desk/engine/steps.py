"""What every deed on a case shares: load it within reach, ask the state table, leave a step."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from yimen.foundations.access.api import standing_ties, untie
from yimen.foundations.audit.api import record
from yimen.foundations.bus.api import leave_rows, update_row
from yimen.foundations.definitions.api import version
from yimen.kernel.actor import Actor
from yimen.kernel.refusals import Conflict, NotFound, NotPossible
from yimen.registers.people import api as people
from yimen.work.desk.choices import StepKind
from yimen.work.desk.engine.grammar import Matter
from yimen.work.desk.engine.standing import standing_of
from yimen.work.desk.models import Case, CaseStep
from yimen.work.desk.permissions import OPENS
from yimen.work.desk.rules.acceptance import why_not_own_household
from yimen.work.desk.rules.states import why_not


class NoCase(NotFound):
    code = "desk.no_case"
    sentence = "没有这个办件，或不在您的范围内。"


class CaseChanged(Conflict):
    code = "desk.case_changed"
    sentence = "同事刚刚办过这件事，请看一下最新情况再继续。"


class CannotDo(NotPossible):
    code = "desk.cannot_do"


class OwnHousehold(NotPossible):
    code = "desk.own_household"
    sentence = "这是您本人或家人的事，请换一位同事办理。"


def load_case(case: UUID, *, by: Actor, edition: int | None = None) -> Case:
    """The case within reach, locked until commit; refuses when it changed since the page was shown (``edition``)."""
    found = Case.objects.within(by).select_for_update(of=("self",)).filter(public_id=case).first()
    if found is None:
        raise NoCase
    if edition is not None and edition != found.edition:
        raise CaseChanged
    return found


def opens(*areas: str, by: Actor) -> bool:
    """Does this actor work on cases in one of these areas (能否打开办件)? An empty one counts for nothing."""
    return any(by.can(permission, area=area) for permission in OPENS for area in areas if area)


def matter_of(case: Case) -> Matter:
    """The matter as it read when the case was opened."""
    return version(case.matter_version).body


def must_be_possible(deed: str, case: Case, matter: Matter, *, on: date | None = None) -> None:
    """Refuse ``deed`` with the sentence of the state table; ``on`` is the day, where it matters what is delegated."""
    if finding := why_not(deed, standing_of(case, matter, on=on)):
        raise CannotDo(finding.sentence, findings=[finding])


def must_be_a_stranger(by: Actor, person: UUID) -> None:
    """Refuse a case of the clerk's own household (回避)."""
    if by.person is None:
        return
    household = people.household_members(person, by=by)
    if why_not_own_household(clerk=by.person, household=[person, *household]):
        raise OwnHousehold


def tie_reason(case: Case) -> str:
    """The words under which the tie of this case to its clerk is kept (关联事由)."""
    return f"受理办件 {case.number}"


def end_of_case(case: Case, *, by: Actor, at: datetime) -> None:
    """The case is over: the clerk who took it from beyond her areas sees the person no longer (解除关联)."""
    kind, _, account = case.received_by.partition(":")
    if kind == "account":
        # The reason names the case: also the tie to the file that hers was put into meanwhile (并档).
        untie(by=by, at=at, account=UUID(account), subject=None, reason=tie_reason(case))


def end_of_cases(cases: Sequence[Case], *, by: Actor, at: datetime) -> None:
    """The same for many cases, in one query unless there is a tie to end."""
    taken = [(case, *case.received_by.partition(":")) for case in cases]
    ties = [
        (UUID(account), case.person, tie_reason(case))
        for case, kind, _, account in taken
        if kind == "account"
    ]
    for account, _, reason in standing_ties(ties):
        untie(by=by, at=at, account=account, subject=None, reason=reason)


def leave_steps(cases: Sequence[Case], kind: StepKind, *, by: Actor, at: datetime, note: str) -> None:
    """`leave_step` for many cases whose state and archive number changed, in a few statements."""
    for case in cases:
        case.edition += 1
    Case.objects.bulk_update(cases, ["state", "archive_number", "edition"], batch_size=500)
    CaseStep.objects.bulk_create(
        CaseStep(
            case=case,
            kind=kind,
            at=at,
            done_by=by.key,
            done_by_name=by.name,
            area=case.desk_area,
            note=note,
        )
        for case in cases
    )
    for case in cases:
        numbers = {"number": case.number, "archive_number": case.archive_number}
        record(case, kind="case", area=case.area, step=kind.value, **numbers)


def leave_step(
    case: Case,
    kind: StepKind,
    *,
    by: Actor,
    at: datetime,
    note: str = "",
    said: str = "",
    letter: UUID | None = None,
    other: UUID | None = None,
    **detail,
) -> None:
    """Write the step and the trail of one deed, and move the case to its next edition."""
    case.edition += 1
    update_row(case)
    leave_rows(
        [take_step(case, kind, by=by, at=at, note=note, said=said, letter=letter, other=other, **detail)]
    )


def take_step(
    case: Case,
    kind: StepKind,
    *,
    by: Actor,
    at: datetime,
    note: str = "",
    said: str = "",
    letter: UUID | None = None,
    other: UUID | None = None,
    **detail,
) -> CaseStep:
    """The step of a deed with its trail, for who writes it together with its case."""
    record(case, kind="case", area=case.area, number=case.number, step=kind.value, **detail)
    return CaseStep(
        case=case,
        kind=kind,
        at=at,
        done_by=by.key,
        done_by_name=by.name,
        area=case.desk_area,
        note=note,
        said=said,
        letter=letter,
        other=other,
    )
