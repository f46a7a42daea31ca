"""What the state table needs to know of a case, for the operation and for its button alike."""

from yimen.kernel.areas import Level, level
from yimen.work.desk.engine.grammar import Matter
from yimen.work.desk.models import Case
from yimen.work.desk.rules.states import Standing


def standing_of(case: Case, matter: Matter) -> Standing:
    """Where ``case`` stands under ``matter``."""
    return Standing(
        state=case.state,
        state_label=case.get_state_display(),
        paused=case.paused,
        way=matter.way,
        at_street=level(case.desk_area) is Level.STREET,
        decides=matter.decides,
    )
