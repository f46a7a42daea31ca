"""Enumerations of organisations (单位)."""

from django.db.models import TextChoices


class OrganisationKind(TextChoices):
    """What an organisation is (单位类别)."""

    STREET_OFFICE = "street_office", "街道办事处"
    SECTION = "section", "科室"
    COMMITTEE = "committee", "居民（村民）委员会"
    HEALTH_CENTRE = "health_centre", "社区卫生服务中心"
    INSTITUTION = "institution", "事业单位"
    SOCIAL = "social", "社会组织"
    COMPANY = "company", "企业"
