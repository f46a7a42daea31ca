"""Permissions of access. Who holds them is said by the roles (definitions/role)."""

MANAGE_ACCOUNTS = "access.manage_accounts"
GRANT_ROLES = "access.grant_roles"
VIEW_ACCOUNTS = "access.view_accounts"
VIEW_SIGN_INS = "access.view_sign_ins"

PERMISSIONS = {
    MANAGE_ACCOUNTS: "开设、停用账号，重置口令，解除锁定",
    GRANT_ROLES: "授予和收回角色",
    VIEW_ACCOUNTS: "查看账号和授权",
    VIEW_SIGN_INS: "查看登录记录",
}
