"""How what follows from people's dated rows is proven (核对): copies on the file, households, figures, search keys."""

from yimen.registers.people.queries.proofs.copies import COPIES, HOUSEHOLDERS
from yimen.registers.people.queries.proofs.keys import KEYS
from yimen.registers.people.queries.proofs.population import POPULATION

PROOFS = (COPIES, HOUSEHOLDERS, POPULATION, KEYS)

__all__ = ["PROOFS"]
