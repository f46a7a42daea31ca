from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left

from yimen.foundations.access.fields import EncryptedTextField, Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.registers.people.choices import AddressKind, DocumentKind, Doubt, ResidentKind, Sex
from yimen.registers.places.fields import Dated, DatedQuerySet, begins_before_it_ends, one_at_a_time

KEEP_FILE = "在档期间；迁出或死亡后三十年"
APART = Q(merged_into__isnull=True, died_on__isnull=True, hukou_area__gt="") & (
    ~Q(hukou_area=F("community")) | Q(residence_kind=ResidentKind.AWAY)
)
OF_PERSON = Scope(through="people.Person", column="person_id")


class PersonQuerySet(ScopedQuerySet):
    def canonical(self) -> "PersonQuerySet":
        """Without the files that were put into another one."""
        return self.filter(merged_into__isnull=True)

    def inside(self, area: str) -> "PersonQuerySet":
        """Those whose file follows the area (居住社区；不住本地的，户籍社区)."""
        return self.filter(community__gte=area, community__lt=area + ":")


class OfPersonQuerySet(ScopedQuerySet, DatedQuerySet):
    """Rows that follow their person."""


class Person(Record):
    """A resident on file (居民). What unfolds stands in dated rows beside it; here are copies, kept by the operations.

    Copies: community, street, area, hukou_area, residence_kind, lives_since, address, householder, phone_tail.
    """

    number = models.CharField("档案号", max_length=20, unique=True)
    street = AreaField("街道", max_length=9)
    community = AreaField("社区", max_length=12)
    area = AreaField("网格或社区", help_text="住处所在网格，没有网格的为社区；数据范围由它决定")
    hukou_area = AreaField("户籍所在社区", blank=True, max_length=12)
    residence_kind = models.CharField("居住类别", max_length=8, choices=ResidentKind)
    lives_since = models.DateField("在现居街道起", null=True)
    counted_from = models.DateField("起算日", help_text="从这天起计入人口数")

    name = models.CharField("姓名", max_length=80)
    sex = models.CharField("性别", max_length=12, choices=Sex, default=Sex.UNKNOWN)
    birth_on = models.DateField("出生日期", null=True, blank=True)
    died_on = models.DateField("死亡日期", null=True, blank=True)
    address = models.CharField("住址", max_length=200, blank=True)
    householder = models.CharField("户主", max_length=80, blank=True)
    phone = EncryptedTextField("联系电话", blank=True, default="")
    phone_tail = models.CharField("电话尾号", max_length=4, blank=True)

    doubts = models.JSONField("待核事项", default=list)
    sources = models.JSONField("各项来源", default=dict)
    verified_on = models.DateField("核实于", null=True, blank=True)
    verified_by = ActorField("核实人", blank=True)
    verified_by_name = models.CharField("核实人姓名", max_length=80, blank=True)

    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField("版本", default=1)
    registered_at = models.DateTimeField("建档时间")
    registered_by = ActorField("建档人")
    changed_at = models.DateTimeField("最近更改")
    changed_by_name = models.CharField("最近更改人", max_length=80)

    objects = PersonQuerySet.as_manager()
    scope = Scope(area="area", subject="public_id")
    privacy = Privacy(PrivacyClass.PERSONAL, keep=KEEP_FILE, why="为居民办事；一次录入，处处可用")

    class Meta:
        verbose_name = "居民"
        indexes = [
            models.Index(fields=["community", "id"], name="people_person_community"),
            # Whoever is put on file is compared with those born on her day.
            models.Index(fields=["birth_on", "street", "name"], name="people_person_born"),
            # Few at any time, and asked for on every first page.
            models.Index(
                fields=["area", "id"],
                name="people_person_papers_missing",
                condition=Q(doubts__contains=[Doubt.PAPERS_MISSING.value]),
            ),
            # Who is registered here and lives elsewhere (人户分离), for the view of the tied: by community, then by name.
            models.Index(fields=["hukou_area", "name"], name="people_person_apart", condition=APART),
        ]
        constraints = [
            models.CheckConstraint(
                name="people_person_community_in_street",
                condition=Q(street=Left("community", 9))
                & Q(community__regex=r"^[1-9][0-9]{11}$")
                & Q(area__startswith=F("community")),
            ),
            models.CheckConstraint(name="people_person_has_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="people_person_dies_after_birth",
                condition=Q(died_on__isnull=True) | Q(birth_on__isnull=True) | Q(died_on__gte=F("birth_on")),
            ),
            models.CheckConstraint(
                name="people_person_kind_fits_addresses",
                condition=Q(
                    residence_kind=ResidentKind.LOCAL,
                    lives_since__isnull=False,
                    hukou_area__startswith=F("street"),
                )
                | Q(residence_kind=ResidentKind.INCOMER, lives_since__isnull=False)
                | Q(residence_kind=ResidentKind.UNSTATED, lives_since__isnull=False, hukou_area="")
                | Q(residence_kind=ResidentKind.AWAY, lives_since__isnull=True, hukou_area=F("community"))
                | Q(residence_kind=ResidentKind.LEFT, lives_since__isnull=True, hukou_area=""),
            ),
            models.CheckConstraint(
                name="people_person_tail_is_digits", condition=Q(phone_tail__regex=r"^([0-9]{2,4})?$")
            ),
            models.CheckConstraint(
                name="people_person_verified_by_someone",
                condition=Q(verified_on__isnull=True) | Q(verified_by__gt="", verified_by_name__gt=""),
            ),
            models.CheckConstraint(
                name="people_person_not_into_herself",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class FormerName(Record):
    """A name a person had before (曾用名)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="former_names")
    name = models.CharField("曾用名", max_length=80)
    noted_on = models.DateField("登记日期")

    objects = ScopedQuerySet.as_manager()
    scope = OF_PERSON
    privacy = Privacy(PrivacyClass.PERSONAL, keep=KEEP_FILE, why="按旧名也能找到本人")

    class Meta:
        verbose_name = "曾用名"
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="people_formername_once")]

    def __str__(self) -> str:
        return f"former name of {self.person_id}"


class PersonDocument(Record, Dated):
    """A paper or card with a number (证件). A number belongs to one living file of its kind in the whole installation.

    The number is sealed and found by its keyed hash; of the last four digits only a keyed hash is kept.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="documents")
    kind = models.CharField("证件种类", max_length=24, choices=DocumentKind)
    number = EncryptedTextField("证件号码")
    number_hash = models.CharField("号码摘要", max_length=80, db_collation="C")
    tail_hash = models.CharField("后四位摘要", max_length=80, blank=True, db_collation="C")

    objects = OfPersonQuerySet.as_manager()
    scope = OF_PERSON
    privacy = Privacy(PrivacyClass.SENSITIVE, keep=KEEP_FILE, why="认定是本人；一号一档")

    class Meta:
        verbose_name = "证件"
        constraints = [
            models.UniqueConstraint(
                fields=["number_hash", "kind"],
                condition=Q(until__isnull=True),
                name="people_document_one_live_bearer",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(until__isnull=True, kind=DocumentKind.ID_CARD),
                name="people_document_one_id_card",
            ),
            begins_before_it_ends("people_document_holds_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.person_id}"


class Residence(Record, Dated):
    """Where a person lived or was registered in a period (居住地、户籍地). ``area`` is empty outside the installation."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="residences")
    kind = models.CharField("类别", max_length=6, choices=AddressKind)
    area = AreaField("社区", blank=True, max_length=12)
    dwelling = models.ForeignKey("places.Dwelling", models.PROTECT, null=True, blank=True, related_name="+")
    address = models.CharField("地址", max_length=200, blank=True)
    noted_at = models.DateTimeField("登记时间")
    noted_by = ActorField("登记人")

    objects = OfPersonQuerySet.as_manager()
    scope = OF_PERSON
    privacy = Privacy(PrivacyClass.PERSONAL, keep=KEEP_FILE, why="按居住地和户籍地确定办理单位和统计口径")

    class Meta:
        verbose_name = "居住与户籍"
        constraints = [
            one_at_a_time("people_residence_lives_once", "person", condition=Q(kind=AddressKind.LIVES)),
            one_at_a_time("people_residence_hukou_once", "person", condition=Q(kind=AddressKind.HUKOU)),
            models.CheckConstraint(
                name="people_residence_area_is_community",
                condition=Q(area="") | Q(area__regex=r"^[1-9][0-9]{11}$"),
            ),
            begins_before_it_ends("people_residence_holds_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.person_id}"
