"""Permissions of approvals; who holds them is said by the roles."""

DRAFT = "approvals.draft"
SIGN = "approvals.sign"
VIEW = "approvals.view"

PERMISSIONS = {
    DRAFT: "拟呈批件送审，登记纸上审签，上传终稿",
    SIGN: "审签送到自己岗位的呈批件",
    VIEW: "查看本区域的全部呈批件",
}
