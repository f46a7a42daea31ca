"""Permissions of the ledger."""

VIEW = "ledger.view"
CORRECT = "ledger.correct"
NOTE = "ledger.note"
VIEW_LATE = "ledger.view_late"

# Held by whoever may open a resident's file; the right itself belongs to people.
OPEN_FILE = "people.view_file"

# Whoever finds residents may choose one for a note.
FIND = "people.find"

PERMISSIONS = {VIEW: "查看台账", CORRECT: "更正台账", NOTE: "随手记", VIEW_LATE: "查看补录情况"}
