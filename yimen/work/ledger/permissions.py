"""Permissions of the ledger."""

VIEW = "ledger.view"
CORRECT = "ledger.correct"

# Held by whoever may open a resident's file; the right itself belongs to people.
OPEN_FILE = "people.view_file"

PERMISSIONS = {VIEW: "查看台账", CORRECT: "更正台账"}
