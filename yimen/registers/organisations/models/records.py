"""What is on file about an organisation (单位档案): how it came and went, licences, agreements, yearly inspections."""

from django.db import models
from django.db.models import Q

from yimen.foundations.access.fields import Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.registers.organisations.choices import InspectionResult, MilestoneKind
from yimen.registers.organisations.models.units import Organisation
from yimen.registers.places.fields import (
    Dated,
    DatedQuerySet,
    begins_before_it_ends,
    no_overlap,
    text_as_number,
)


class Milestone(Record):
    """How an organisation came, changed or went (变更记录): who approved it, when, within which boundary, what came of it.

    Public like the organisation itself: that a village clinic became a station on a day, and by which paper.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="milestones")
    kind = models.CharField("变更类别", max_length=12, choices=MilestoneKind)
    on = models.DateField("日期")
    authority = models.CharField("批准机关", max_length=80, blank=True)
    number = models.CharField("批准文号", max_length=60, blank=True)
    approved_on = models.DateField("批准日期", null=True)
    boundary = models.CharField("四至范围", max_length=300, blank=True)
    official_code = models.CharField("统计用区划代码", max_length=15, blank=True)
    households = models.PositiveIntegerField("户数", null=True)
    why = models.CharField("说明", max_length=300, blank=True)
    successor = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="origins")
    noted_at = models.DateTimeField()
    noted_by = ActorField()

    privacy = Privacy(PrivacyClass.OPEN, keep="长期", why="单位何时依据什么设立、改造或撤销，旧记录靠它说明")
    append_only = True

    class Meta:
        verbose_name = "变更记录"
        indexes = [models.Index(fields=["organisation", "on", "id"], name="organisations_milestones")]
        constraints = [
            models.CheckConstraint(
                name="organisations_milestone_leads_on",
                condition=Q(successor__isnull=True) | Q(kind=MilestoneKind.CONVERTED),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on}"


class DatedScopedQuerySet(DatedQuerySet, ScopedQuerySet):
    """Dated rows of one's own areas."""


class OnFile(Record):
    """A row that belongs to an organisation and is seen by whoever reaches its area."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    area = AreaField("所在区域")
    noted_at = models.DateTimeField()
    noted_by = ActorField()

    objects = DatedScopedQuerySet.as_manager()

    class Meta:
        abstract = True


class Credential(OnFile, Dated):
    """A licence, a registration or a grade of an organisation (证照): its number, what it allows, how long it holds.

    A renewal is a further row; two of a kind never hold at once. ``unit`` is the organisation's public id, by which its own
    accounts see the row (本机构).
    """

    unit = models.UUIDField("单位", editable=False)
    kind = models.CharField("证照", max_length=30)
    number = models.CharField("编号", max_length=60, blank=True)
    extent = models.CharField("范围或等级", max_length=200, blank=True)
    issuer = models.CharField("发证机关", max_length=80, blank=True)

    scope = Scope(area="area", subject="unit")
    privacy = Privacy(PrivacyClass.STAFF, keep="到期后五年", why="过期前提醒；说明某日有没有资质")

    class Meta:
        verbose_name = "证照"
        indexes = [models.Index(fields=["area", "until"], name="organisations_credential_ends")]
        constraints = [
            no_overlap("organisations_credential_one_of_a_kind", "organisation", text_as_number("kind")),
            begins_before_it_ends("organisations_credential_forwards"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}".strip()


class Agreement(OnFile, Dated):
    """What was agreed with an organisation for a period (协议): about what, with whom, what each does.

    ``unit`` is the organisation's public id, by which its own accounts see the row (本机构).
    """

    unit = models.UUIDField("单位", editable=False)
    title = models.CharField("协议名称", max_length=80)
    number = models.CharField("编号", max_length=60, blank=True)
    partner = models.CharField("另一方", max_length=80)
    content = models.CharField("约定内容", max_length=500)
    partner_unit = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="agreements_with"
    )
    visits_monthly = models.PositiveSmallIntegerField("每月上门次数", null=True, blank=True)
    beds = models.PositiveSmallIntegerField("床位", null=True, blank=True)
    ended_why = models.CharField("终止原因", max_length=200, blank=True)

    scope = Scope(area="area", subject="unit")
    privacy = Privacy(PrivacyClass.STAFF, keep="到期后十年", why="谁承诺做什么、到哪天为止")

    class Meta:
        verbose_name = "协议"
        indexes = [models.Index(fields=["area", "until"], name="organisations_agreement_ends")]
        constraints = [begins_before_it_ends("organisations_agreement_forwards")]

    def __str__(self) -> str:
        return self.title


class AgreementVisit(Record):
    """A visit that was made under an agreement (协议上门): the day, how many people were seen, no names and no illness."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="visits")
    visited_on = models.DateField("上门日期")
    people = models.PositiveSmallIntegerField("服务人数")
    note = models.CharField("做了什么", max_length=200, blank=True)
    noted_at = models.DateTimeField()
    noted_by = ActorField()

    objects = ScopedQuerySet.as_manager()
    scope = Scope(through="organisations.Agreement", column="agreement_id")
    privacy = Privacy(
        PrivacyClass.STAFF, keep="协议到期后十年", why="约定的上门有没有做到；只记人数，不记谁、什么病"
    )

    class Meta:
        verbose_name = "协议上门"
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "visited_on"], name="organisations_visit_once_a_day"
            ),
            models.CheckConstraint(name="organisations_visit_saw_somebody", condition=Q(people__gte=1)),
        ]

    def __str__(self) -> str:
        return f"visit on {self.visited_on}"


class Inspection(OnFile):
    """The yearly inspection of an organisation (年检) for one year, and what it found."""

    year = models.PositiveSmallIntegerField("年度")
    result = models.CharField("结论", max_length=8, choices=InspectionResult)
    done_on = models.DateField("日期")
    note = models.CharField("说明", max_length=300, blank=True)

    objects = ScopedQuerySet.as_manager()
    scope = Scope(area="area")
    privacy = Privacy(PrivacyClass.STAFF, keep="十年", why="社会组织和民办机构逐年检查的结论")

    class Meta:
        verbose_name = "年检"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "year"], name="organisations_inspected_once")
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.get_result_display()}"
