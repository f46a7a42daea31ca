"""What one may be allowed to do with official seals; who is allowed is said by the roles."""

ASK_SEAL = "seals.ask"
APPROVE_SEAL = "seals.approve"
KEEP_SEALS = "seals.keep"
VIEW_SEALS = "seals.view"

# What follows from an accepted case belongs to who accepts; the right itself belongs to the desk.
ACCEPT_CASE = "desk.accept_case"

PERMISSIONS = {
    ASK_SEAL: "申请用印",
    APPROVE_SEAL: "审批用印",
    KEEP_SEALS: "登记、交接印章，盖章登记",
    VIEW_SEALS: "查看印章和用印登记",
}
