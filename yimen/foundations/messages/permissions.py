"""Permissions of messages; who holds them is said by the roles (definitions/role)."""

READ_INBOX = "messages.read_inbox"
WORK_CALLS = "messages.work_calls"

PERMISSIONS = {
    READ_INBOX: "查看站内消息",
    WORK_CALLS: "办理电话和敲门告知",
}
