"""Permissions of documents; who holds them is said by the roles (definitions/role)."""

STORE = "documents.store"
OPEN = "documents.open"
ISSUE_LETTER = "documents.issue_letter"

PERMISSIONS = {
    STORE: "上传材料",
    OPEN: "打开材料",
    ISSUE_LETTER: "出具和作废文书",
}
