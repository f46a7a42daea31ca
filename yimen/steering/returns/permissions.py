"""What one may be allowed to do with tables that departments ask for; who is allowed is said by the roles."""

FILL = "returns.fill"
SEND = "returns.send"
SIGN = "returns.sign"
EXPORT = "ui.export_lists"

PERMISSIONS = {
    FILL: "一表通：上传、填报和下载部门要的表",
    SEND: "一表通：把表下发到社区、催报、退回和汇总",
    SIGN: "一表通：签发一版",
}
