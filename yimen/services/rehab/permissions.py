"""What one may be allowed to do with disability allowances; who is allowed is said by the roles."""

VIEW_ALLOWANCES = "rehab.view_allowances"

# Keeping what was granted belongs to the deciding of it; the right itself belongs to the desk.
DECIDE_CASE = "desk.decide_case"

PERMISSIONS = {VIEW_ALLOWANCES: "查看居民的残疾人两项补贴和金额"}
