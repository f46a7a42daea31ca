"""What is submitted for signing (呈批件), each time it is sent, whose turn it is, and what was signed."""

from django.db import models
from django.db.models import F, Q

from yimen.foundations.access.fields import Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.work.approvals.choices import State, StepKind, Verdict

_WHY = "谁拟的、谁什么时候怎么签的，事后查得到"
_KEEP = "随所属办件或文书，不少于 10 年"


class SubmissionCounter(Record):
    """The last number given (呈批编号计数): one row per street and year, locked while a number is taken."""

    privacy = Privacy(PrivacyClass.STAFF, keep="永久", why="呈批编号连续不断号")

    street = AreaField("街道")
    year = models.PositiveSmallIntegerField("年度")
    last = models.PositiveIntegerField("最后一号", default=0)

    class Meta:
        verbose_name = "呈批编号计数"
        constraints = [models.UniqueConstraint(fields=["street", "year"], name="submission_counter_once")]

    def __str__(self) -> str:
        return f"{self.street} {self.year}: {self.last}"


class Submission(Record):
    """What is to be signed (呈批件): title and text, by which chain, how far it is. Its number is never given again; a spoilt
    one is void and keeps it. ``subject`` says what it is about (``desk.case:<uuid>``), "" for a free one.

    ``step`` counts from 1 while it is being signed, and is 0 otherwise; ``sending`` is how often it was sent.
    """

    privacy = Privacy(PrivacyClass.PERSONAL, keep=_KEEP, why=_WHY)
    scope = Scope(area="area")
    objects = ScopedQuerySet.as_manager()

    area = AreaField("区域")
    street = AreaField("街道")
    year = models.PositiveSmallIntegerField("年度")
    sequence = models.PositiveIntegerField("顺序号")
    number = models.CharField("编号", max_length=40)
    chain = models.CharField("流程代号", max_length=60)
    chain_version = models.ForeignKey("definitions.Version", models.PROTECT, related_name="+")
    chain_title = models.CharField("审签流程", max_length=60)
    subject = models.CharField("呈批对象", max_length=80, blank=True)
    title = models.CharField("标题", max_length=120)
    text = models.TextField("正文", max_length=5000)
    drafter = ActorField("经办人")
    drafter_name = models.CharField("经办", max_length=80)
    state = models.CharField("情况", max_length=10, choices=State, default=State.SIGNING)
    sending = models.PositiveSmallIntegerField("第几次送审", default=1)
    step = models.PositiveSmallIntegerField("当前环节", default=1)
    step_title = models.CharField("现在到", max_length=40, blank=True)
    sent_at = models.DateTimeField("送审时间")
    settled_at = models.DateTimeField("办结时间", null=True)
    void_why = models.CharField("作废原因", max_length=200, blank=True)
    voided_by = ActorField("作废人", blank=True)
    voided_by_name = models.CharField("作废人姓名", max_length=80, blank=True)
    final = models.UUIDField("终稿", null=True)
    final_at = models.DateTimeField("终稿时间", null=True)
    final_by_name = models.CharField("终稿上传人", max_length=80, blank=True)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "呈批件"
        indexes = [
            models.Index(fields=["area", "state", "-id"], name="submission_area"),
            models.Index(fields=["drafter", "-id"], name="submission_drafter"),
            models.Index(fields=["subject", "-id"], name="submission_subject", condition=~Q(subject="")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["street", "year", "sequence"], name="submission_number_once"),
            models.UniqueConstraint(
                fields=["subject", "chain"],
                name="submission_one_stands",
                condition=~Q(subject="") & ~Q(state="void"),
            ),
            models.CheckConstraint(
                condition=Q(state="signing", step__gte=1) | ~Q(state="signing") & Q(step=0),
                name="submission_step_while_signing",
            ),
            models.CheckConstraint(
                condition=Q(state="void") & ~Q(void_why="") & ~Q(voided_by="")
                | ~Q(state="void") & Q(void_why="", voided_by=""),
                name="submission_void_says_why",
            ),
            models.CheckConstraint(
                condition=Q(final__isnull=True) | Q(state="issued", final_at__isnull=False),
                name="submission_final_is_issued",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Sending(Record):
    """One time a submission was sent (送审): what it said then, and with which files. What came of it stands on the row; an
    earlier one stays readable and counts no more. ``named`` says for some seats, by title, which account shall sign there."""

    privacy = Privacy(PrivacyClass.PERSONAL, keep=_KEEP, why=_WHY)
    scope = Scope(through="approvals.Submission", column="submission_id")
    objects = ScopedQuerySet.as_manager()

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="sendings")
    number = models.PositiveSmallIntegerField("第几次")
    title = models.CharField("标题", max_length=120)
    text = models.TextField("正文", max_length=5000)
    files = models.JSONField("附件", default=list)
    named = models.JSONField("指定审签人", default=dict)
    drafter = ActorField("经办人")
    drafter_name = models.CharField("经办", max_length=80)
    sent_at = models.DateTimeField("送审时间")
    ended_at = models.DateTimeField("结束时间", null=True)
    ended_as = models.CharField("怎样结束", max_length=10, choices=State, blank=True)
    ended_why = models.CharField("原因", max_length=300, blank=True)

    class Meta:
        verbose_name = "送审"
        constraints = [models.UniqueConstraint(fields=["submission", "number"], name="sending_once")]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.number}"


class Seat(Record):
    """A place at which somebody must sign now (签位). It comes into being when its step has its turn: before that there is
    nothing to sign, so that the order of steps holds in the database. ``closed`` when signed, or when the sending ended;
    ``account`` is who was named to sign here, None for whoever holds the role."""

    privacy = Privacy(PrivacyClass.STAFF, keep=_KEEP, why=_WHY)
    scope = Scope(through="approvals.Submission", column="submission_id")
    objects = ScopedQuerySet.as_manager()

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="seats")
    sending = models.ForeignKey(Sending, models.PROTECT, related_name="seats")
    step = models.PositiveSmallIntegerField("环节")
    number = models.PositiveSmallIntegerField("签位")
    kind = models.CharField("种类", max_length=12, choices=StepKind)
    title = models.CharField("名称", max_length=40)
    role = models.CharField("角色", max_length=40)
    area = AreaField("区域")
    account = models.UUIDField("指定审签人", null=True)
    since = models.DateTimeField("轮到时间")
    due_on = models.DateField("应签日期", null=True)
    reminded_on = models.DateField("提醒日期", null=True)
    told_above_on = models.DateField("上报日期", null=True)
    closed = models.BooleanField("已结束", default=False)

    class Meta:
        verbose_name = "签位"
        indexes = [
            models.Index(fields=["role", "area", "id"], name="seat_waits", condition=Q(closed=False)),
            models.Index(fields=["due_on"], name="seat_due", condition=Q(closed=False)),
        ]
        constraints = [models.UniqueConstraint(fields=["sending", "step", "number"], name="seat_once")]

    def __str__(self) -> str:
        return f"{self.sending_id} {self.step}.{self.number}"


class Signature(Record):
    """What one signer said at one place (审签意见), on the screen or on paper; never changed.

    ``for_whom`` is whose role she held for some days (代). ``signed_on`` is the day on the paper. Nobody signs what she drafted,
    and nobody twice in one sending unless the chain says so (``twice``).
    """

    privacy = Privacy(PrivacyClass.PERSONAL, keep=_KEEP, why=_WHY)
    append_only = True
    scope = Scope(through="approvals.Submission", column="submission_id")
    objects = ScopedQuerySet.as_manager()

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="signatures")
    sending = models.ForeignKey(Sending, models.PROTECT, related_name="signatures")
    seat = models.OneToOneField(Seat, models.PROTECT, related_name="signature")
    verdict = models.CharField("意见", max_length=10, choices=Verdict)
    remark = models.CharField("批语", max_length=300, blank=True)
    signed_by = ActorField("签署人")
    signed_by_name = models.CharField("签署", max_length=80)
    for_whom = models.CharField("代", max_length=80, blank=True)
    for_key = ActorField("代谁", blank=True)
    drafter = ActorField("经办人")
    twice = models.BooleanField("可以签两步", default=False)
    signed_on = models.DateField("签署日期")
    signed_at = models.DateTimeField("登记时间")
    on_paper = models.BooleanField("纸上审签", default=False)
    entered_by = ActorField("登记人", blank=True)
    entered_by_name = models.CharField("登记人姓名", max_length=80, blank=True)
    scan = models.UUIDField("扫描件", null=True)

    class Meta:
        verbose_name = "审签意见"
        constraints = [
            models.UniqueConstraint(
                fields=["sending", "signed_by"], name="signature_one_each", condition=Q(twice=False)
            ),
            models.CheckConstraint(condition=~Q(signed_by=F("drafter")), name="signature_not_by_drafter"),
            models.CheckConstraint(
                condition=~Q(verdict="returned") | ~Q(remark=""), name="signature_return_says_why"
            ),
            models.CheckConstraint(
                condition=Q(on_paper=False, scan__isnull=True, entered_by="")
                | Q(on_paper=True, scan__isnull=False) & ~Q(entered_by=""),
                name="signature_paper_has_scan",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.signed_by_name} {self.verdict}"
