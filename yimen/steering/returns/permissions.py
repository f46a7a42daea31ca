"""What one may be allowed to do with tables that departments ask for; who is allowed is said by the roles."""

FILL = "returns.fill"
EXPORT = "ui.export_lists"

PERMISSIONS = {FILL: "一表通：上传、填报和下载部门要的表"}
