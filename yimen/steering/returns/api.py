"""The door of the tables that departments want filled (一表通)."""

from yimen.steering.returns.operations import (
    CannotFill,
    export_return,
    fill_cells,
    set_columns,
    upload_return,
)
from yimen.steering.returns.queries import NoReturn, due_returns, get_return, returns

__all__ = [
    "CannotFill",
    "NoReturn",
    "due_returns",
    "export_return",
    "fill_cells",
    "get_return",
    "returns",
    "set_columns",
    "upload_return",
]
