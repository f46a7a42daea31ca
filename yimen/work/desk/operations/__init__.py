"""The verbs of the desk, one file per stretch of a case's way."""

from yimen.work.desk.engine.accepting import CannotAccept
from yimen.work.desk.engine.delegating import NoDelegation
from yimen.work.desk.engine.steps import CannotDo, CaseChanged, NoCase, OwnHousehold
from yimen.work.desk.engine.trays import CannotTake, NoTray, TrayGone, TrayOf
from yimen.work.desk.operations.archiving import archive_case, archive_cases, note_look_at_archived
from yimen.work.desk.operations.arising import lead_on
from yimen.work.desk.operations.at_once import settle_at_once
from yimen.work.desk.operations.carrying import carry_over_cases
from yimen.work.desk.operations.chasing import chase_papers
from yimen.work.desk.operations.deciding import decide_case, deliver_case, register_case
from yimen.work.desk.operations.delegating import (
    CannotDelegate,
    CannotEndDelegation,
    DelegatedAlready,
    carry_over_delegations,
    delegate_matter,
    end_delegation,
    renew_delegation,
    warn_of_delegations,
)
from yimen.work.desk.operations.following import supply_papers
from yimen.work.desk.operations.handling import (
    extend_case,
    hand_back_case,
    hand_over_case,
    pause_case,
    resume_case,
    withdraw_by_word,
    withdraw_case,
)
from yimen.work.desk.operations.intake import Asked, NothingMissing, accept_case, decline_case, give_notice
from yimen.work.desk.operations.joining import join_case, part_case
from yimen.work.desk.operations.leaving import hand_over_intakes
from yimen.work.desk.operations.papers import open_paper, open_papers
from yimen.work.desk.operations.parking import (
    CannotPark,
    NoParkedIntake,
    clear_parked,
    drop_parked,
    park_intake,
    restore_parked,
)
from yimen.work.desk.operations.rating import CannotRate, rate_case
from yimen.work.desk.operations.serving import NobodyBears, begin_serving
from yimen.work.desk.operations.several import deal_with_each
from yimen.work.desk.operations.share_answers import CannotAnswerShare, answer_share, chase_shares
from yimen.work.desk.operations.sharing import (
    CannotAsk,
    Question,
    ask_units,
    hand_over_shares,
    urge_share,
    withdraw_share,
)
from yimen.work.desk.operations.trays import (
    PhoneOver,
    add_page,
    confirm_pages,
    count_phone_try,
    end_phone,
    invite_phone,
    move_page,
    remove_page,
    reuse_paper,
    show_page,
    straighten_page,
    sweep_trays,
    take_phone_page,
    turn_page,
)
from yimen.work.desk.operations.undoing import undeliver_case, void_case
from yimen.work.desk.operations.urging import answer_urging, urge_case
from yimen.work.desk.operations.watching import (
    CannotAnswer,
    NoCheck,
    NoFollowUp,
    answer_rating,
    chase_follow_ups,
    check_case,
    draw_sample,
    finish_mending,
    tell_lateness,
)

__all__ = [
    "Asked",
    "CannotAccept",
    "CannotAnswer",
    "CannotAnswerShare",
    "CannotAsk",
    "CannotDelegate",
    "CannotDo",
    "CannotEndDelegation",
    "CannotPark",
    "CannotRate",
    "CannotTake",
    "CaseChanged",
    "DelegatedAlready",
    "NoCase",
    "NoCheck",
    "NoDelegation",
    "NoFollowUp",
    "NoParkedIntake",
    "NoTray",
    "NobodyBears",
    "NothingMissing",
    "OwnHousehold",
    "PhoneOver",
    "Question",
    "TrayGone",
    "TrayOf",
    "accept_case",
    "add_page",
    "answer_rating",
    "answer_share",
    "answer_urging",
    "archive_case",
    "archive_cases",
    "ask_units",
    "begin_serving",
    "carry_over_cases",
    "carry_over_delegations",
    "chase_follow_ups",
    "chase_papers",
    "chase_shares",
    "check_case",
    "clear_parked",
    "confirm_pages",
    "count_phone_try",
    "deal_with_each",
    "decide_case",
    "decline_case",
    "delegate_matter",
    "deliver_case",
    "draw_sample",
    "drop_parked",
    "end_delegation",
    "end_phone",
    "extend_case",
    "finish_mending",
    "give_notice",
    "hand_back_case",
    "hand_over_case",
    "hand_over_intakes",
    "hand_over_shares",
    "invite_phone",
    "join_case",
    "lead_on",
    "move_page",
    "note_look_at_archived",
    "open_paper",
    "open_papers",
    "park_intake",
    "part_case",
    "pause_case",
    "rate_case",
    "register_case",
    "remove_page",
    "renew_delegation",
    "restore_parked",
    "resume_case",
    "reuse_paper",
    "settle_at_once",
    "show_page",
    "straighten_page",
    "supply_papers",
    "sweep_trays",
    "take_phone_page",
    "tell_lateness",
    "turn_page",
    "undeliver_case",
    "urge_case",
    "urge_share",
    "void_case",
    "warn_of_delegations",
    "withdraw_by_word",
    "withdraw_case",
    "withdraw_share",
]
