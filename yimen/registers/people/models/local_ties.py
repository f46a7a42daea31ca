from django.db import models
from django.db.models import Q

from yimen.foundations.access.fields import Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.registers.people.choices import ENTERED, LocalTieKind, Sex
from yimen.registers.people.models.persons import KEEP_FILE, OF_PERSON, OfPersonQuerySet, Person
from yimen.registers.places.fields import Dated, begins_before_it_ends


class LocalTie(Record, Dated):
    """Where a resident works or goes to school, for a period (工作、就学地): its community sees her card while it lasts.

    The row belongs to her file and is seen with it; what the community sees is `TiedResident`.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="local_ties")
    kind = models.CharField("类别", max_length=6, choices=[(kind.value, kind.label) for kind in ENTERED])
    area = AreaField("所在社区")
    place = models.CharField("单位或学校", max_length=80)
    basis = models.CharField("依据", max_length=100)
    ended_why = models.CharField("结束的理由", max_length=200, blank=True)
    noted_at = models.DateTimeField("登记时间")
    noted_by = ActorField("登记人")

    objects = OfPersonQuerySet.as_manager()
    scope = OF_PERSON
    privacy = Privacy(
        PrivacyClass.PERSONAL, keep=KEEP_FILE, why="在哪里上班、上学，那里的社区才联系得上、服务得到"
    )

    class Meta:
        verbose_name = "工作、就学地"
        indexes = [models.Index(fields=["area", "person"], name="people_localtie_area")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "area", "place"],
                condition=Q(until__isnull=True),
                name="people_localtie_once",
            ),
            models.CheckConstraint(
                name="people_localtie_area_is_community", condition=Q(area__regex=r"^[1-9][0-9]{11}$")
            ),
            models.CheckConstraint(
                name="people_localtie_says_where", condition=Q(place__gt="", basis__gt="")
            ),
            begins_before_it_ends("people_localtie_holds_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.person_id}"


class TiedResident(models.Model):
    """A card of somebody tied to a community by hukou, work or school (属地人员): the least that it must know.

    A view of the database and no table: nothing is copied, so a death, a move, a merge or a corrected name holds at once. It
    shows, by the reach of who asks, neither telephone nor number nor address, and nobody who wants her data used for little
    (限制使用). ``lives`` is the community her file lies in, "" when she lives outside the installation.
    """

    id = models.BigIntegerField(primary_key=True)
    person = models.UUIDField("居民")
    name = models.CharField("姓名", max_length=80)
    sex = models.CharField("性别", max_length=12, choices=Sex)
    birth_on = models.DateField("出生日期", null=True)
    kind = models.CharField("关系", max_length=6, choices=LocalTieKind)
    area = AreaField("本地社区", max_length=12)
    place = models.CharField("单位或学校", max_length=80)
    since = models.DateField("起", null=True)
    until = models.DateField("止", null=True)
    community = AreaField("档案所在社区", max_length=12)
    lives = AreaField("现住社区", max_length=12)

    objects = ScopedQuerySet.as_manager()
    scope = Scope(area="area")
    privacy = Privacy(
        PrivacyClass.PERSONAL, keep="随档案", why="户籍、工作、就学在本地的人，社区要知道是谁、现在归哪里"
    )

    class Meta:
        managed = False
        db_table = "people_tiedresident"
        verbose_name = "属地人员"

    def __str__(self) -> str:
        return f"{self.kind} of {self.person}"
