"""Permissions of rounds."""

VIEW = "rounds.view"
HOLD = "rounds.hold"

# Held by whoever may know residents by name, and open their files; the rights themselves belong to people.
FIND = "people.find"
OPEN_FILE = "people.view_file"
# Whoever works on duties may make one of a need; the right itself belongs to programmes.
WORK = "programmes.work"
# Whoever may take a list out of the house may take a result.
EXPORT = "ui.export_lists"

PERMISSIONS = {VIEW: "查看征询和结果", HOLD: "发起征询，登记回卷，转任务"}
