from yimen.registers.people.models.deaths import DeathNote
from yimen.registers.people.models.declarations import Declaration
from yimen.registers.people.models.doors import DoorDeed, Landlord
from yimen.registers.people.models.emergencies import EmergencyLook
from yimen.registers.people.models.households import Household, Membership
from yimen.registers.people.models.links import AccountPerson, Alias, GuardianBeyond, Guardianship, ReachWay
from yimen.registers.people.models.local_ties import LocalTie, TiedResident
from yimen.registers.people.models.own_pages import OwnPage
from yimen.registers.people.models.persons import FormerName, Person, PersonDocument, Residence
from yimen.registers.people.models.population import PopulationDelta, PopulationTally
from yimen.registers.people.models.rights import RightsRequest
from yimen.registers.people.models.saved_filters import SavedFilter
from yimen.registers.people.models.search import SearchKey
from yimen.registers.people.models.suspicions import Suspicion

__all__ = [
    "AccountPerson",
    "Alias",
    "DeathNote",
    "Declaration",
    "DoorDeed",
    "EmergencyLook",
    "FormerName",
    "GuardianBeyond",
    "Guardianship",
    "Household",
    "Landlord",
    "LocalTie",
    "Membership",
    "OwnPage",
    "Person",
    "PersonDocument",
    "PopulationDelta",
    "PopulationTally",
    "ReachWay",
    "Residence",
    "RightsRequest",
    "SavedFilter",
    "SearchKey",
    "Suspicion",
    "TiedResident",
]
