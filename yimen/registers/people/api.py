"""The door of people (人口)."""

from yimen.registers.people.choices import (
    HOUSEHOLDER,
    ROLES,
    AddressKind,
    DocumentKind,
    Doubt,
    FactSource,
    GuardianKind,
    PopulationKind,
    ReachKind,
    ResidentKind,
    Sex,
    role_label,
)
from yimen.registers.people.engine.alikes import Told
from yimen.registers.people.operations.corrections import (
    CannotCorrect,
    ChangedMeanwhile,
    correct_person,
    set_reach_way,
    set_verified,
)
from yimen.registers.people.operations.deaths import CannotRecordDeath, record_death, undo_death
from yimen.registers.people.operations.documents import (
    CannotAddDocument,
    NumberBelongsToAnother,
    add_document,
    end_document,
)
from yimen.registers.people.operations.figures import roll_up_population
from yimen.registers.people.operations.households import (
    CannotJoinHousehold,
    change_householder,
    divide_household,
    found_household,
    join_household,
    leave_household,
    unite_households,
)
from yimen.registers.people.operations.links import (
    AccountTaken,
    CannotGuard,
    end_guardian,
    join_account,
    part_account,
    set_guardian,
)
from yimen.registers.people.operations.looks import (
    NUMBER_SHOWN,
    NUMBER_SOUGHT,
    MinimalCard,
    note_look,
    person_card_minimal,
    show_number,
)
from yimen.registers.people.operations.merging import CannotMerge, merge_people, undo_merge
from yimen.registers.people.operations.moves import CannotMove, move_person
from yimen.registers.people.operations.registration import (
    AlreadyRegistered,
    CannotRegister,
    PerhapsKnown,
    import_people,
    register_person,
)
from yimen.registers.people.operations.rights import (
    CannotServeRights,
    answer_request,
    hand_out_copy,
    lift_restriction,
    receive_request,
)
from yimen.registers.people.operations.suspicions import begin_comparing, deny_suspicion, note_suspicions
from yimen.registers.people.permissions import FIND
from yimen.registers.people.queries.cards import (
    PersonCard,
    PersonStamp,
    person_card,
    person_cards,
    person_stamp,
)
from yimen.registers.people.queries.duplicates import (
    Doubles,
    agreements,
    doubles_from,
    doubles_of,
    open_suspicions,
    reasons_of,
    suspicion_between,
)
from yimen.registers.people.queries.facts import person_facts
from yimen.registers.people.queries.files import PersonFile, get_file
from yimen.registers.people.queries.households import (
    HouseholdPage,
    get_household,
    household_members,
    household_of,
)
from yimen.registers.people.queries.matching import Described, Match, match_people
from yimen.registers.people.queries.merging import (
    Merged,
    MergePreview,
    better_kept,
    merge_of,
    merges_of,
    preview_merge,
    written_since_merge,
)
from yimen.registers.people.queries.persons import NoSuchPerson, ids_of_people, person_ids
from yimen.registers.people.queries.population import Population, population, population_flow
from yimen.registers.people.queries.rights import (
    OwnCopy,
    get_request,
    looks_of,
    own_copy,
    requests_of,
    rights_requests,
)
from yimen.registers.people.queries.search import find_people
from yimen.registers.people.queries.timelines import Timeline, get_timeline
from yimen.registers.people.rules.registration import NewPerson
from yimen.registers.people.rules.search import as_id_number

__all__ = [
    "FIND",
    "HOUSEHOLDER",
    "NUMBER_SHOWN",
    "NUMBER_SOUGHT",
    "ROLES",
    "AccountTaken",
    "AddressKind",
    "AlreadyRegistered",
    "CannotAddDocument",
    "CannotCorrect",
    "CannotGuard",
    "CannotJoinHousehold",
    "CannotMerge",
    "CannotMove",
    "CannotRecordDeath",
    "CannotRegister",
    "CannotServeRights",
    "ChangedMeanwhile",
    "Described",
    "DocumentKind",
    "Doubles",
    "Doubt",
    "FactSource",
    "GuardianKind",
    "HouseholdPage",
    "Match",
    "MergePreview",
    "Merged",
    "MinimalCard",
    "NewPerson",
    "NoSuchPerson",
    "NumberBelongsToAnother",
    "OwnCopy",
    "PerhapsKnown",
    "PersonCard",
    "PersonFile",
    "PersonStamp",
    "Population",
    "PopulationKind",
    "ReachKind",
    "ResidentKind",
    "Sex",
    "Timeline",
    "Told",
    "add_document",
    "agreements",
    "answer_request",
    "as_id_number",
    "begin_comparing",
    "better_kept",
    "change_householder",
    "correct_person",
    "deny_suspicion",
    "divide_household",
    "doubles_from",
    "doubles_of",
    "end_document",
    "end_guardian",
    "find_people",
    "found_household",
    "get_file",
    "get_household",
    "get_request",
    "get_timeline",
    "hand_out_copy",
    "household_members",
    "household_of",
    "ids_of_people",
    "import_people",
    "join_account",
    "join_household",
    "leave_household",
    "lift_restriction",
    "looks_of",
    "match_people",
    "merge_of",
    "merge_people",
    "merges_of",
    "move_person",
    "note_look",
    "note_suspicions",
    "open_suspicions",
    "own_copy",
    "part_account",
    "person_card",
    "person_card_minimal",
    "person_cards",
    "person_facts",
    "person_ids",
    "person_stamp",
    "population",
    "population_flow",
    "preview_merge",
    "reasons_of",
    "receive_request",
    "record_death",
    "register_person",
    "requests_of",
    "rights_requests",
    "role_label",
    "roll_up_population",
    "set_guardian",
    "set_reach_way",
    "set_verified",
    "show_number",
    "suspicion_between",
    "undo_death",
    "undo_merge",
    "unite_households",
    "written_since_merge",
]
