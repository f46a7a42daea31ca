"""Permissions of plans."""

VIEW = "plans.view"

# Held by whoever may open the lists behind the figures; the right itself belongs to the ledger.
OPEN_LEDGER = "ledger.view"

# Whoever may take lists out of the house; the right itself belongs to the face.
EXPORT = "ui.export_lists"

PERMISSIONS = {VIEW: "查看计划和进度"}
