"""What one may do with the trail. Who holds it is said by the roles; it is one of the three separate duties."""

VIEW_TRAIL = "audit.view_trail"

PERMISSIONS = {VIEW_TRAIL: "查看操作留痕和查阅记录，核验封印，处理异常查阅提醒"}
