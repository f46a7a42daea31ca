"""What one may be allowed to do with priority marks; who is allowed is said by the roles."""

VIEW = "priority.view"
VIEW_GROUNDS = "priority.view_grounds"
KEEP = "priority.keep"
VIEW_WEEK = "priority.view_week"

# Opening a file belongs to people; leaving the house on paper or as a sheet to lists.
OPEN_FILE = "people.view_file"
EXPORT = "ui.export_lists"

PERMISSIONS = {
    VIEW: "看到居民的优先服务标记（来源和期限，不含事由）",
    VIEW_GROUNDS: "查看优先服务的事由（残疾、困难、高龄等）",
    KEEP: "登记和撤回居民的优先服务标记",
    VIEW_WEEK: "查看服务周清单：有优先标记的居民一周里得到了什么",
}
