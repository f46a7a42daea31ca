"""Enumerations of the admission of work for communities (工作事项准入)."""

from django.db import models


class DemandKind(models.TextChoices):
    """What is demanded (要社区做什么)."""

    TASK = "task", "工作任务"
    REPORT = "report", "报表、台账"
    ASSESSMENT = "assessment", "考核、评比"
    MEETING = "meeting", "会议、活动"
    BOARD = "board", "挂牌子、建机构"
    SOFTWARE = "software", "手机软件、群"


class Origin(models.TextChoices):
    """How it came into the queue (来源)."""

    DEPARTMENT = "department", "部门申请"
    COMMUNITY = "community", "社区反映"


class DemandState(models.TextChoices):
    """Where it stands (准入状态)."""

    WAITING = "waiting", "待审核"
    ADMITTED = "admitted", "准入"
    REFUSED = "refused", "不准入"
