"""What one may be allowed to do with street issues; who is allowed is said by the roles."""

VIEW_ISSUES = "grid.view_issues"

# Noting and closing an issue belong to taking in and handling its case; the rights themselves belong to the desk.
ACCEPT_CASE = "desk.accept_case"
HANDLE_CASE = "desk.handle_case"

PERMISSIONS = {VIEW_ISSUES: "查看街面问题（不含上报人）"}
