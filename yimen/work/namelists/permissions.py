"""Permissions of namelists."""

VIEW = "namelists.view"
HOLD = "namelists.hold"
WORK = "namelists.work"

# Held by whoever may know residents by name, and open their files; the rights themselves belong to people.
FIND = "people.find"
OPEN_FILE = "people.view_file"
# Whoever may take a list out of the house may take the sheet back out.
EXPORT = "ui.export_lists"

PERMISSIONS = {
    VIEW: "查看名单任务的进度",
    HOLD: "下发名单任务，催办、延期、结束、取回表格",
    WORK: "逐户核实名单上的人",
}
