"""The door of retention (保存期限)."""

from yimen.foundations.retention.engine.terms import Term, term_of
from yimen.foundations.retention.operations import AT_ONCE, clear_past_term
from yimen.foundations.retention.queries import PastTerm, past_term

__all__ = ["AT_ONCE", "PastTerm", "Term", "clear_past_term", "past_term", "term_of"]
