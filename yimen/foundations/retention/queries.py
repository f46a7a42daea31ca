"""What is past its term right now (已到保存期限)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from yimen.foundations.retention.engine.terms import Term, term_of
from yimen.foundations.retention.ports import retentions
from yimen.kernel.actor import Actor


@dataclass(frozen=True)
class PastTerm:
    """One kind of rows, its term, and how many are past it (到期条数)."""

    key: str
    term: Term
    before: date
    count: int


def past_term(*, by: Actor, on: date) -> Iterator[PastTerm]:
    """Each kind with how many rows are past their term on a day; nothing is written."""
    for one in retentions:
        term = term_of(one.key, on=on)
        before = term.before(on)
        yield PastTerm(one.key, term, before, one.rows(before, by=by).count())
