from django.db import models
from django.db.models import F, Q

from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.actor import Actor
from yimen.kernel.areas import lineage
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.registers.organisations.choices import OrganisationKind, Tier
from yimen.registers.places.fields import Dated, DatedQuerySet, begins_before_it_ends, no_overlap


class OrganisationQuerySet(DatedQuerySet):
    def known_to(self, actor: Actor | None) -> "OrganisationQuerySet":
        """What the actor works with: organisations in her areas, and those of the wider areas hers lie in."""
        if actor is None or not actor.reach:
            return self.none()
        wider = {code for prefix in actor.reach if prefix for code in lineage(prefix)}
        return self.filter(Q(area__begins_with_any=actor.reach) | Q(area__in=wider))


class Organisation(Record, Dated):
    """An organisation (单位): a street office, its sections, a committee, a health centre, a firm, an association."""

    name = models.CharField("名称", max_length=80)
    short = models.CharField("简称", max_length=30)
    kind = models.CharField("类别", max_length=16, choices=OrganisationKind)
    area = AreaField("所在区域")
    credit_code = models.CharField("统一社会信用代码", max_length=18, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="sections")
    phone = models.CharField("电话", max_length=30, blank=True)
    address = models.CharField("地址", max_length=120, blank=True)
    duty = models.CharField("职责", max_length=300, blank=True)
    field = models.CharField("领域", max_length=20, blank=True)
    tier = models.CharField("管理方式", max_length=12, choices=Tier, blank=True)

    objects = OrganisationQuerySet.as_manager()
    privacy = Privacy(PrivacyClass.OPEN, keep="长期", why="谁受理、谁决定、找谁，都要写得出单位")

    class Meta:
        verbose_name = "单位"
        indexes = [models.Index(fields=["area", "kind"], name="organisations_by_area")]
        constraints = [
            models.UniqueConstraint(
                fields=["credit_code"],
                condition=Q(until__isnull=True) & ~Q(credit_code=""),
                name="organisations_credit_code_once",
            ),
            models.UniqueConstraint(
                fields=["area", "name"], condition=Q(until__isnull=True), name="organisations_name_once"
            ),
            begins_before_it_ends("organisations_holds_a_day"),
        ]

    def __str__(self) -> str:
        return self.name


class Post(Record, Dated):
    """A post (岗位) of an organisation: who holds it gets its role over its area."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="posts")
    title = models.CharField("岗位名称", max_length=40)
    role = models.CharField("角色", max_length=40)
    area = AreaField("负责区域")
    seats = models.PositiveSmallIntegerField("定员", default=1)

    objects = DatedQuerySet.as_manager()
    privacy = Privacy(PrivacyClass.OPEN, keep="长期", why="岗位职责和负责范围是公开的")

    class Meta:
        verbose_name = "岗位"
        indexes = [models.Index(fields=["role", "area"], name="organisations_post_by_role")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "title", "area"],
                condition=Q(until__isnull=True),
                name="organisations_post_once",
            ),
            models.CheckConstraint(name="organisations_post_has_seats", condition=Q(seats__gte=1)),
            begins_before_it_ends("organisations_post_holds_a_day"),
        ]

    def __str__(self) -> str:
        return self.title


class Appointment(Record, Dated):
    """Who holds a post in a period (任职). It may be ended on the day it began: then it never took effect."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="appointments")
    account = models.ForeignKey("access.Account", models.PROTECT, related_name="+")
    acting = models.BooleanField("代理", default=False)
    grant = models.UUIDField("所授角色", null=True, help_text="为空：任职前已有这项授权，免职时不收回")
    appointed_by = ActorField("任命人")
    ended_by = ActorField("免职人", blank=True)

    objects = DatedQuerySet.as_manager()
    privacy = Privacy(
        PrivacyClass.STAFF, keep="与账号留痕同期，不少于 3 年", why="说明某日由谁负责、凭什么岗位办理"
    )

    class Meta:
        verbose_name = "任职"
        indexes = [models.Index(fields=["account", "since"], name="organisations_held_by")]
        constraints = [
            no_overlap("organisations_appointment_one_at_a_time", "account", "post"),
            models.CheckConstraint(
                name="organisations_appointment_forwards",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
            ),
        ]
