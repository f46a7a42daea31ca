"""What one may be allowed to do about work for communities; who is allowed is said by the roles."""

VIEW = "workload.view"
ENTER = "workload.enter"
DECIDE = "workload.decide"
POINT_OUT = "workload.point_out"

PERMISSIONS = {
    VIEW: "查看社区工作事项准入",
    ENTER: "登记部门的准入申请",
    DECIDE: "审核准入",
    POINT_OUT: "反映没有准入的工作",
}
