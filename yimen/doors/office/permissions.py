"""What one may do in the office. Accounts, roles, the trail and publishing keep the permissions of their own apps."""

VIEW_OVERVIEW = "office.view_overview"
VIEW_DEFINITIONS = "office.view_definitions"
VIEW_TRAIL_DETAIL = "office.view_trail_detail"
VIEW_JOBS = "office.view_jobs"
RETRY_JOBS = "office.retry_jobs"

PERMISSIONS = {
    VIEW_OVERVIEW: "查看系统概况",
    VIEW_DEFINITIONS: "查看制度与规则",
    VIEW_TRAIL_DETAIL: "写明事由后，查看涉及居民的留痕内容",
    VIEW_JOBS: "查看后台作业",
    RETRY_JOBS: "重新运行失败的作业",
}
