"""What one may be allowed to do with relief; who is allowed is said by the roles."""

VIEW_RELIEF = "aid.view_relief"

# Keeping what was granted belongs to the deciding of it; the right itself belongs to the desk.
DECIDE_CASE = "desk.decide_case"

PERMISSIONS = {VIEW_RELIEF: "查看居民得到过的救助和金额"}
