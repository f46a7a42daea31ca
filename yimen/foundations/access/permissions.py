"""Permissions of access. Who holds them is said by the roles (definitions/role)."""

MANAGE_ACCOUNTS = "access.manage_accounts"
GRANT_ROLES = "access.grant_roles"
VIEW_ACCOUNTS = "access.view_accounts"
VIEW_SIGN_INS = "access.view_sign_ins"
RESET_SECOND_FACTORS = "access.reset_second_factors"

# 系统管理员、安全管理员、审计员三权分立（GB/T 22239-2019 8.1.5）: to which duty a permission belongs; nobody may hold two.
# Who resets passwords does not reset second factors: together they would open every account to one person.
SEPARATE_DUTIES = {
    MANAGE_ACCOUNTS: "管理账号",
    GRANT_ROLES: "授予角色",
    RESET_SECOND_FACTORS: "授予角色",
    "audit.view_trail": "审计",
}

PERMISSIONS = {
    MANAGE_ACCOUNTS: "开设、停用账号，重置口令，解除锁定",
    GRANT_ROLES: "授予和收回角色",
    VIEW_ACCOUNTS: "查看账号和授权",
    VIEW_SIGN_INS: "查看登录记录",
    RESET_SECOND_FACTORS: "重置同事登录的第二因素（动态口令）",
}
