"""What one may be allowed to do with home visits; who is allowed is said by the roles."""

DO_VISIT = "homevisit.do"

# Who goes need not see cases; the right itself belongs to the desk.
VIEW_CASES = "desk.view_cases"

PERMISSIONS = {DO_VISIT: "安排和办理上门服务"}
