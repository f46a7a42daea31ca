"""What is asked of many at once (征询): the round, its roll, the replies, and what came of a need."""

from django.db import models
from django.db.models import F, Q

from yimen.foundations.access.fields import Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.work.rounds.choices import Channel, Secrecy, Standing, State, Subjects


class Round(Record):
    """One survey, card or ballot (征询): who asks whom what, from when until when, and whether answers bear a name.

    ``questions`` is the questionnaire as it was when the round began, in the grammar of forms; nothing changes it. ``seed``
    and ``frame`` (how many could have been drawn) let anybody draw the same sample again. ``result`` are the counts as they
    were at the end: they stay when the replies are deleted.
    """

    privacy = Privacy(PrivacyClass.STAFF, keep="随街道工作档案", why="问过谁、回了多少、结果怎样，事后说得清")
    scope = Scope(area="area")
    objects = ScopedQuerySet.as_manager()

    title = models.CharField("名称", max_length=60)
    why = models.CharField("为什么问", max_length=120)
    area = AreaField("范围")
    asker = models.CharField("谁在问", max_length=60)
    questions = models.JSONField("题目")
    opens_on = models.DateField("开始")
    closes_on = models.DateField("结束")
    subjects = models.CharField("问谁", max_length=10, choices=Subjects)
    youngest = models.PositiveSmallIntegerField("最小年龄", default=0)
    frame = models.PositiveIntegerField("符合条件的")
    size = models.PositiveIntegerField("名单上的")
    drawn = models.BooleanField("抽样")
    seed = models.CharField("抽样种子", max_length=32)
    secrecy = models.CharField("记名", max_length=10, choices=Secrecy)
    state = models.CharField("状态", max_length=8, choices=State, default=State.RUNNING)
    opened_at = models.DateTimeField("发起时间")
    opened_by = ActorField("发起人")
    opened_by_name = models.CharField("发起人姓名", max_length=80, blank=True)
    closed_at = models.DateTimeField("结束时间", null=True)
    result = models.JSONField("结果", null=True)
    reminded_on = models.DateField("提醒于", null=True)

    class Meta:
        verbose_name = "征询"
        indexes = [
            models.Index(fields=["area", "state", "-id"], name="round_area"),
            models.Index(fields=["closes_on"], name="round_due", condition=Q(state="running")),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="round_forward"),
            models.CheckConstraint(condition=Q(size__gt=0, frame__gte=F("size")), name="round_asks_somebody"),
            models.CheckConstraint(
                condition=Q(state="running", closed_at__isnull=True)
                | Q(state="closed", closed_at__isnull=False),
                name="round_closed_at_some_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.opens_on}"

    @property
    def is_anonymous(self) -> bool:
        return self.secrecy == Secrecy.ANONYMOUS

    @property
    def is_running(self) -> bool:
        return self.state == State.RUNNING


class RollLine(Record):
    """One on the roll of a round (名单上的一位): how she is asked, and whether she answered.

    ``word`` opens the questionnaire on the public page and stands on her paper. What she answered does not stand here; of an
    anonymous round nothing leads from here to it.
    """

    privacy = Privacy(
        PrivacyClass.PERSONAL, keep="征询结束后两年", why="每人只问一次、只答一次，算得出回收率"
    )
    scope = Scope(area="area", through="people.Person", column="person", to="public_id")
    objects = ScopedQuerySet.as_manager()

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    person = models.UUIDField("居民")
    person_name = models.CharField("姓名", max_length=80)
    community = AreaField("社区", max_length=12)
    area = AreaField("区域")
    channel = models.CharField("怎么问", max_length=8, choices=Channel)
    standing = models.CharField("情况", max_length=12, choices=Standing, default=Standing.WAITING)
    word = models.CharField("问卷码", max_length=16, unique=True, db_collation="C")
    reminded_on = models.DateField("催过", null=True)
    ended_on = models.DateField("回卷、谢绝、不问日期", null=True)

    class Meta:
        verbose_name = "征询名单"
        indexes = [
            models.Index(fields=["round", "id"], name="round_roll"),
            models.Index(fields=["round", "standing", "id"], name="round_roll_standing"),
            models.Index(fields=["person", "id"], name="round_roll_person"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["round", "person"], name="round_asks_once"),
            models.CheckConstraint(
                condition=Q(standing__in=["returned", "refused", "dropped"], ended_on__isnull=False)
                | Q(standing__in=["waiting", "asked", "not_reached"], ended_on__isnull=True),
                name="round_line_ended_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.standing}"


class Reply(Record):
    """A questionnaire that came back (回卷). ``line`` only where answers bear a name.

    An anonymous one holds no name, no time and no hand that typed it, and its numbers are drawn by chance, so that no order
    tells whose it is.
    """

    privacy = Privacy(PrivacyClass.PERSONAL, keep="征询结束后一年", why="本人自愿回答，汇总成结果")
    scope = Scope(area="area")
    objects = ScopedQuerySet.as_manager()

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    area = AreaField("区域")
    line = models.OneToOneField(RollLine, models.PROTECT, null=True, related_name="+")
    answers = models.JSONField("回答")

    class Meta:
        verbose_name = "回卷"
        indexes = [models.Index(fields=["round", "id"], name="round_reply")]

    def __str__(self) -> str:
        return f"reply to {self.round_id}"


class NeedTask(Record):
    """What came of a need (需求转任务): an option of a question of a round, and the duty that was made of it."""

    privacy = Privacy(PrivacyClass.STAFF, keep="随街道工作档案", why="问出来的需求有人去办")
    scope = Scope(area="area")
    objects = ScopedQuerySet.as_manager()

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    area = AreaField("区域")
    question = models.CharField("题目", max_length=40)
    option = models.CharField("选项", max_length=40)
    duty = models.UUIDField("待办")
    title = models.CharField("任务", max_length=60)
    made_at = models.DateTimeField("时间")
    made_by = ActorField("经办人")

    class Meta:
        verbose_name = "需求任务"
        constraints = [
            models.UniqueConstraint(fields=["round", "question", "option"], name="round_need_once")
        ]

    def __str__(self) -> str:
        return self.title
