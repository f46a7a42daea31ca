"""What one may be allowed to do with organisations; who is allowed is said by the roles."""

VIEW = "organisations.view"
KEEP = "organisations.keep"
EDIT = "organisations.edit"
APPOINT = "organisations.appoint"
LEAD = "organisations.lead"

PERMISSIONS = {
    VIEW: "查看单位、岗位和任职人员",
    KEEP: "登记社会组织、企业等单位，维护证照、年检、协议、职务、联系人和分工",
    EDIT: "登记街道机构、设置岗位",
    APPOINT: "任命和免去岗位人员",
    LEAD: "指定A岗、B岗，登记同事不在岗，看两岗都不在的件",
}
