"""Permissions of the queue."""

SERVE = "bookings.serve"
KEEP = "bookings.keep"

# Held by whoever may find residents; the right itself belongs to people.
FIND = "people.find"

PERMISSIONS = {SERVE: "发号、叫号、预约窗口", KEEP: "开启叫号，设置窗口和叫号屏"}
