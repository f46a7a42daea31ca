"""The door of the tables that departments want filled (一表通)."""

from yimen.steering.returns.operations.portions import (
    CannotFill,
    begin_edition,
    export_edition,
    resume_filling,
)
from yimen.steering.returns.operations.tables import (
    choose_people,
    export_return,
    fill_cells,
    set_columns,
    upload_return,
)
from yimen.steering.returns.queries import NoEdition, NoReturn, due_returns, get_edition, get_return, returns

__all__ = [
    "CannotFill",
    "NoEdition",
    "NoReturn",
    "begin_edition",
    "choose_people",
    "due_returns",
    "export_edition",
    "export_return",
    "fill_cells",
    "get_edition",
    "get_return",
    "resume_filling",
    "returns",
    "set_columns",
    "upload_return",
]
