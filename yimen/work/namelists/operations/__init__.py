"""The writers of namelists."""

from yimen.work.namelists.operations.chasing import (
    CannotChase,
    ChasedToday,
    NotSentOut,
    chase,
    close_list,
    extend_list,
    forget_rows,
    return_sheet,
)
from yimen.work.namelists.operations.uploading import (
    CannotSendOut,
    CannotUpload,
    send_out,
    set_columns,
    settle_row,
    upload_list,
)
from yimen.work.namelists.operations.working import CannotWork, drop_rows, take_up_rows, undo_row, work_row

__all__ = [
    "CannotChase",
    "CannotSendOut",
    "CannotUpload",
    "CannotWork",
    "ChasedToday",
    "NotSentOut",
    "chase",
    "close_list",
    "drop_rows",
    "extend_list",
    "forget_rows",
    "return_sheet",
    "send_out",
    "set_columns",
    "settle_row",
    "take_up_rows",
    "undo_row",
    "upload_list",
    "work_row",
]
