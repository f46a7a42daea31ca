"""What one may be allowed to do with care data; who is allowed is said by the roles.

Each kind of care data has a permission of its own (分项权限): who sees vaccinations sees no pregnancy and no illness of the
mind.
"""

RECORD = "care.record"
VIEW_MATERNAL = "care.view_maternal"
VIEW_REPRODUCTIVE = "care.view_reproductive"
VIEW_CHILD = "care.view_child"
VIEW_VACCINATION = "care.view_vaccination"
VIEW_INFECTIOUS = "care.view_infectious"
VIEW_MENTAL = "care.view_mental"

# The kinds there are, each with the permission that opens it and nothing else.
OPENED_BY = {
    "maternal": VIEW_MATERNAL,
    "reproductive": VIEW_REPRODUCTIVE,
    "child": VIEW_CHILD,
    "vaccination": VIEW_VACCINATION,
    "infectious": VIEW_INFECTIOUS,
    "mental": VIEW_MENTAL,
}

PERMISSIONS = {
    RECORD: "作为接诊医生记录专项健康信息（另要看得到这一项）",
    VIEW_MATERNAL: "查看孕产保健记录",
    VIEW_REPRODUCTIVE: "查看生殖健康记录",
    VIEW_CHILD: "查看儿童保健记录",
    VIEW_VACCINATION: "查看预防接种记录",
    VIEW_INFECTIOUS: "查看传染病记录",
    VIEW_MENTAL: "查看精神卫生记录",
}
