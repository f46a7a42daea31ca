"""What one may be allowed to do with benefits of elders; who is allowed is said by the roles."""

VIEW_BENEFITS = "eldercare.view_benefits"

# Keeping what was granted belongs to the deciding of it; the right itself belongs to the desk.
DECIDE_CASE = "desk.decide_case"

PERMISSIONS = {VIEW_BENEFITS: "查看老年人的消费券和高龄津贴"}
