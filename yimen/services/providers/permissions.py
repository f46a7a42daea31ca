"""What one may be allowed to do with the work of other providers; who is allowed is said by the roles."""

VIEW_WORK = "providers.view_work"
SUBMIT = "providers.submit"
ARRANGE = "providers.arrange"
ACCEPT = "providers.accept"
CARE = "providers.care"

PERMISSIONS = {
    VIEW_WORK: "查看机构的协议服务、申报和验收",
    SUBMIT: "替本机构申报协议服务",
    ARRANGE: "在协议下约定服务项目和单价",
    ACCEPT: "验收或退回机构申报的服务",
    CARE: "登记本机构的服务对象和服务记录，转诊和接诊",
}
