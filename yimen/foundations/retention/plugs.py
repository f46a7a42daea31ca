"""What retention plugs in below: the terms as data."""

from yimen.foundations.definitions.ports import Kind, kinds
from yimen.foundations.retention.engine.terms import KIND, Term

kinds.register(Kind(name=KIND, grammar=Term, title="保存期限"))
