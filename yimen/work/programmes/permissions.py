"""Permissions of programmes."""

VIEW = "programmes.view"
WORK = "programmes.work"

# Held by whoever may open a resident's file; the right itself belongs to people.
OPEN_FILE = "people.view_file"

PERMISSIONS = {VIEW: "查看待办", WORK: "立、办、推迟待办"}
