"""What one may be allowed to do with relief; who is allowed is said by the roles."""

VIEW_RELIEF = "aid.view_relief"
RECORD_RELIEF = "aid.record_relief"

PERMISSIONS = {
    VIEW_RELIEF: "查看居民得到过的救助和金额",
    RECORD_RELIEF: "登记救助（决定作出后由系统登记，不授予个人）",
}
