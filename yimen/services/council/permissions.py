"""What one may be allowed to do in community self-government; who is allowed is said by the roles."""

KEEP_FILINGS = "council.keep_filings"
VIEW_FILINGS = "council.view_filings"
HOLD_RECEPTION = "council.hold_reception"

# Keeping what was granted belongs to deciding, stating a date to handling; the rights themselves belong to the desk.
DECIDE_CASE = "desk.decide_case"
HANDLE_CASE = "desk.handle_case"
ACCEPT_CASE = "desk.accept_case"

PERMISSIONS = {
    KEEP_FILINGS: "注销社区社会组织备案",
    VIEW_FILINGS: "查看社区社会组织备案",
    HOLD_RECEPTION: "安排接待日",
}
