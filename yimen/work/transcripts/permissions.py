"""Permissions of transcripts."""

VIEW = "transcripts.view"
WRITE = "transcripts.write"

# Held by whoever may know residents by name, and open their files; the rights themselves belong to people.
FIND = "people.find"
OPEN_FILE = "people.view_file"

PERMISSIONS = {VIEW: "查看抄录卡和外部系统的办理情况", WRITE: "抄录到外部系统，登记外部编号和状态"}
