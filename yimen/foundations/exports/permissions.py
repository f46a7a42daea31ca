"""What one may do with exports that are not masked; who holds it is said by the roles."""

ASK_EXPORT = "exports.ask"
APPROVE_EXPORT = "exports.approve"

PERMISSIONS = {
    ASK_EXPORT: "申请完整导出，下载自己获批的文件",
    APPROVE_EXPORT: "批准或不批准完整导出（不能批自己的）",
}
