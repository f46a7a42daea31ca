"""Permissions of access. Who holds them is said by the roles (definitions/role)."""

from django.db.models import TextChoices


class Duty(TextChoices):
    """The three duties of those who look after the product (三员), which are never in one hand (三权分立).

    GB/T 22239-2019 8.1.5: system, audit and security are managed by different people.
    """

    SYSTEM = "system", "系统管理员"
    SECURITY = "security", "安全管理员"
    AUDIT = "audit", "审计管理员"


MANAGE_ACCOUNTS = "access.manage_accounts"
GRANT_ROLES = "access.grant_roles"
VIEW_ACCOUNTS = "access.view_accounts"
VIEW_SIGN_INS = "access.view_sign_ins"
RESET_SECOND_FACTORS = "access.reset_second_factors"

# What belongs to one of the three duties (三员) and to no other. A role that brings one of these says in its TOML which duty
# it is (``duty = "security"``), and no account holds roles of two duties. Who resets passwords does not reset second
# factors: together they would open every account to one person.
SEPARATE_DUTIES = {
    MANAGE_ACCOUNTS: Duty.SYSTEM,
    GRANT_ROLES: Duty.SECURITY,
    RESET_SECOND_FACTORS: Duty.SECURITY,
    "audit.view_trail": Duty.AUDIT,
    "office.view_trail_detail": Duty.AUDIT,
}

PERMISSIONS = {
    MANAGE_ACCOUNTS: "开设、停用账号，重置口令，解除锁定",
    GRANT_ROLES: "授予和收回角色",
    VIEW_ACCOUNTS: "查看账号和授权",
    VIEW_SIGN_INS: "查看登录记录",
    RESET_SECOND_FACTORS: "重置同事登录的第二因素（动态口令）",
}
