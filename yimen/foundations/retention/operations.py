"""Clear what is past its term (到期清除)."""

from datetime import datetime

from yimen.foundations.audit.api import operation, record_batch, unchanged
from yimen.foundations.retention.engine.terms import term_of
from yimen.foundations.retention.ports import retentions
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotPossible

AT_ONCE = 500
# Held by no post: the nightly job and the command clear, and nobody by a page.
CLEAR = "retention.clear"


class NothingToClear(NotPossible):
    code = "retention.unknown"
    sentence = "没有登记这一种保存期限：{key}。"


@operation("retention.rows.cleared")
def clear_past_term(*, by: Actor, at: datetime, key: str) -> int:
    """Delete or empty one portion of rows of one kind that are past their term (到期清除); answers how many.

    The trail keeps which rows, by their ids, and by which term; what stood in them is gone. A crash leaves whole portions.
    """
    by.must(CLEAR, area="")
    found = retentions.find(key)
    if found is None:
        raise NothingToClear(key=key)
    on = day_of(at)
    term = term_of(key, on=on)
    rows = found.rows(term.before(on), by=by).order_by("pk")
    chosen = list(rows.values_list("pk", "public_id")[:AT_ONCE])
    if not chosen:
        unchanged()
        return 0
    numbers = [number for number, _ in chosen]
    held = rows.model.objects.filter(pk__in=numbers)
    if found.clear is None:
        held.delete()
    else:
        found.clear(by=by, at=at, rows=held)
    record_batch(
        [{"row": str(public_id)} for _, public_id in chosen],
        kind="retention",
        area="",
        table=rows.model._meta.db_table,
        term=term.in_words,
        does=term.does,
    )
    return len(chosen)
