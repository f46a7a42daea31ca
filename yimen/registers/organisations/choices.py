"""Enumerations of organisations (单位)."""

from django.db.models import TextChoices


class OrganisationKind(TextChoices):
    """What an organisation is (单位类别)."""

    STREET_OFFICE = "street_office", "街道办事处"
    SECTION = "section", "科室"
    COMMITTEE = "committee", "居民（村民）委员会"
    HEALTH_CENTRE = "health_centre", "社区卫生服务中心"
    CLINIC = "clinic", "卫生站、诊所"
    SCHOOL = "school", "学校、幼儿园"
    INSTITUTION = "institution", "事业单位"
    FEDERATION = "federation", "群团组织"
    SOCIAL = "social", "社会组织"
    GROUP = "group", "服务小组"
    COMPANY = "company", "企业"


OF_GOVERNMENT = (OrganisationKind.STREET_OFFICE, OrganisationKind.SECTION)
# Where people work with accounts of ours, so that who does what is a matter of the house.
OF_STAFF = (*OF_GOVERNMENT, OrganisationKind.COMMITTEE, OrganisationKind.HEALTH_CENTRE)


class Tier(TextChoices):
    """Who manages a social organisation (社会组织管理方式)."""

    REGISTERED = "registered", "民政登记"
    FILED = "filed", "街道备案"
    GUIDED = "guided", "社区指导"


class MilestoneKind(TextChoices):
    """What happened to an organisation as a whole (变更类别)."""

    SET_UP = "set_up", "设立"
    CONVERTED = "converted", "改造"
    CLOSED = "closed", "撤销"


class InspectionResult(TextChoices):
    """What a yearly inspection found (年检结论)."""

    PASSED = "passed", "合格"
    BARELY = "barely", "基本合格"
    FAILED = "failed", "不合格"
    ABSENT = "absent", "未参加"
