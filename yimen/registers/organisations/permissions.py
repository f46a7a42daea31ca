"""What one may be allowed to do with organisations; who is allowed is said by the roles."""

VIEW = "organisations.view"
EDIT = "organisations.edit"
APPOINT = "organisations.appoint"

PERMISSIONS = {
    VIEW: "查看单位、岗位和任职人员",
    EDIT: "登记单位、设置岗位",
    APPOINT: "任命和免去岗位人员",
}
