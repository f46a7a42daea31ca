"""The door of the tables that departments want filled (一表通)."""

from yimen.steering.returns.operations.cells import fill_cells
from yimen.steering.returns.operations.chasing import (
    CannotChase,
    CannotHandIn,
    hand_in,
    return_part,
    urge_part,
)
from yimen.steering.returns.operations.merging import CannotMerge, CannotSign, merge_parts, sign_edition
from yimen.steering.returns.operations.parts import (
    CannotSend,
    hand_over_parts,
    send_down,
    take_over_parts,
    withdraw_part,
)
from yimen.steering.returns.operations.portions import (
    CannotFill,
    begin_edition,
    export_edition,
    resume_filling,
)
from yimen.steering.returns.operations.tables import (
    choose_people,
    export_return,
    set_columns,
    upload_return,
)
from yimen.steering.returns.queries import (
    NoEdition,
    NoPart,
    NoReturn,
    due_returns,
    get_edition,
    get_part,
    get_return,
    parts,
    parts_of,
    returns,
    standing,
)

__all__ = [
    "CannotChase",
    "CannotFill",
    "CannotHandIn",
    "CannotMerge",
    "CannotSend",
    "CannotSign",
    "NoEdition",
    "NoPart",
    "NoReturn",
    "begin_edition",
    "choose_people",
    "due_returns",
    "export_edition",
    "export_return",
    "fill_cells",
    "get_edition",
    "get_part",
    "get_return",
    "hand_in",
    "hand_over_parts",
    "merge_parts",
    "parts",
    "parts_of",
    "resume_filling",
    "return_part",
    "returns",
    "send_down",
    "set_columns",
    "sign_edition",
    "standing",
    "take_over_parts",
    "upload_return",
    "urge_part",
    "withdraw_part",
]
