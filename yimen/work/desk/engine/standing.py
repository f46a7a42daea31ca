"""What the state table needs to know of a case, for the operation and for its button alike."""

from datetime import date

from yimen.kernel.areas import Level, level
from yimen.work.desk.engine.delegating import decides_at
from yimen.work.desk.engine.grammar import Matter
from yimen.work.desk.models import Case
from yimen.work.desk.rules.states import Standing


def standing_of(case: Case, matter: Matter, *, on: date | None = None) -> Standing:
    """Where ``case`` stands under ``matter``; with ``on`` a decision delegated on that day counts."""
    return Standing(
        state=case.state,
        state_label=case.get_state_display(),
        paused=case.paused,
        way=matter.way,
        at_street=level(case.desk_area) is Level.STREET,
        urged=case.urge_waits,
        joined=case.lead_id is not None,
        extended=bool(case.extended_days),
        extend_most=matter.days.extend_most,
        decides=decides_at(case.matter, matter, area=case.desk_area, on=on),
    )
