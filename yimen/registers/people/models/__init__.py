from yimen.registers.people.models.households import Household, Membership
from yimen.registers.people.models.links import AccountPerson, Alias, Guardianship, ReachWay
from yimen.registers.people.models.persons import FormerName, Person, PersonDocument, Residence
from yimen.registers.people.models.population import PopulationDelta, PopulationTally
from yimen.registers.people.models.rights import RightsRequest
from yimen.registers.people.models.search import SearchKey
from yimen.registers.people.models.suspicions import Suspicion

__all__ = [
    "AccountPerson",
    "Alias",
    "FormerName",
    "Guardianship",
    "Household",
    "Membership",
    "Person",
    "PersonDocument",
    "PopulationDelta",
    "PopulationTally",
    "ReachWay",
    "Residence",
    "RightsRequest",
    "SearchKey",
    "Suspicion",
]
