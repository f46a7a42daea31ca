import django.db.models.deletion
from django.db import migrations, models

import yimen.foundations.bus.fields
import yimen.kernel.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("definitions", "0002_ends"),
    ]

    operations = [
        migrations.CreateModel(
            name="Sending",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(default=yimen.kernel.ids.uuid7, editable=False, unique=True)),
                ("number", models.PositiveSmallIntegerField(verbose_name="第几次")),
                ("title", models.CharField(max_length=120, verbose_name="标题")),
                ("text", models.TextField(max_length=5000, verbose_name="正文")),
                ("files", models.JSONField(default=list, verbose_name="附件")),
                ("drafter", yimen.foundations.bus.fields.ActorField(max_length=80, verbose_name="经办人")),
                ("drafter_name", models.CharField(max_length=80, verbose_name="经办")),
                ("sent_at", models.DateTimeField(verbose_name="送审时间")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="结束时间")),
                (
                    "ended_as",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("signing", "审签中"),
                            ("returned", "已退回"),
                            ("withdrawn", "已撤回"),
                            ("issued", "已签发"),
                            ("void", "作废"),
                        ],
                        max_length=10,
                        verbose_name="怎样结束",
                    ),
                ),
                ("ended_why", models.CharField(blank=True, max_length=300, verbose_name="原因")),
            ],
            options={
                "verbose_name": "送审",
            },
        ),
        migrations.CreateModel(
            name="Seat",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(default=yimen.kernel.ids.uuid7, editable=False, unique=True)),
                ("step", models.PositiveSmallIntegerField(verbose_name="环节")),
                ("number", models.PositiveSmallIntegerField(verbose_name="签位")),
                (
                    "kind",
                    models.CharField(
                        choices=[("review", "审核"), ("countersign", "会签"), ("issue", "签发")],
                        max_length=12,
                        verbose_name="种类",
                    ),
                ),
                ("title", models.CharField(max_length=40, verbose_name="名称")),
                ("role", models.CharField(max_length=40, verbose_name="角色")),
                (
                    "area",
                    yimen.foundations.bus.fields.AreaField(
                        db_collation="C", max_length=15, verbose_name="区域"
                    ),
                ),
                ("since", models.DateTimeField(verbose_name="轮到时间")),
                ("due_on", models.DateField(null=True, verbose_name="应签日期")),
                ("reminded_on", models.DateField(null=True, verbose_name="提醒日期")),
                ("told_above_on", models.DateField(null=True, verbose_name="上报日期")),
                ("closed", models.BooleanField(default=False, verbose_name="已结束")),
                (
                    "sending",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to="approvals.sending",
                    ),
                ),
            ],
            options={
                "verbose_name": "签位",
            },
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(default=yimen.kernel.ids.uuid7, editable=False, unique=True)),
                (
                    "area",
                    yimen.foundations.bus.fields.AreaField(
                        db_collation="C", max_length=15, verbose_name="区域"
                    ),
                ),
                (
                    "street",
                    yimen.foundations.bus.fields.AreaField(
                        db_collation="C", max_length=15, verbose_name="街道"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("sequence", models.PositiveIntegerField(verbose_name="顺序号")),
                ("number", models.CharField(max_length=40, verbose_name="编号")),
                ("chain", models.CharField(max_length=60, verbose_name="流程代号")),
                ("chain_title", models.CharField(max_length=60, verbose_name="审签流程")),
                ("subject", models.CharField(blank=True, max_length=80, verbose_name="呈批对象")),
                ("title", models.CharField(max_length=120, verbose_name="标题")),
                ("text", models.TextField(max_length=5000, verbose_name="正文")),
                ("drafter", yimen.foundations.bus.fields.ActorField(max_length=80, verbose_name="经办人")),
                ("drafter_name", models.CharField(max_length=80, verbose_name="经办")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("signing", "审签中"),
                            ("returned", "已退回"),
                            ("withdrawn", "已撤回"),
                            ("issued", "已签发"),
                            ("void", "作废"),
                        ],
                        default="signing",
                        max_length=10,
                        verbose_name="情况",
                    ),
                ),
                ("sending", models.PositiveSmallIntegerField(default=1, verbose_name="第几次送审")),
                ("step", models.PositiveSmallIntegerField(default=1, verbose_name="当前环节")),
                ("step_title", models.CharField(blank=True, max_length=40, verbose_name="现在到")),
                ("sent_at", models.DateTimeField(verbose_name="送审时间")),
                ("settled_at", models.DateTimeField(null=True, verbose_name="办结时间")),
                ("void_why", models.CharField(blank=True, max_length=200, verbose_name="作废原因")),
                (
                    "voided_by",
                    yimen.foundations.bus.fields.ActorField(blank=True, max_length=80, verbose_name="作废人"),
                ),
                ("voided_by_name", models.CharField(blank=True, max_length=80, verbose_name="作废人姓名")),
                ("final", models.UUIDField(null=True, verbose_name="终稿")),
                ("final_at", models.DateTimeField(null=True, verbose_name="终稿时间")),
                ("final_by_name", models.CharField(blank=True, max_length=80, verbose_name="终稿上传人")),
                ("edition", models.PositiveIntegerField(default=1)),
                (
                    "chain_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="definitions.version",
                    ),
                ),
            ],
            options={
                "verbose_name": "呈批件",
            },
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(default=yimen.kernel.ids.uuid7, editable=False, unique=True)),
                (
                    "verdict",
                    models.CharField(
                        choices=[("agreed", "同意"), ("returned", "退回")], max_length=10, verbose_name="意见"
                    ),
                ),
                ("remark", models.CharField(blank=True, max_length=300, verbose_name="批语")),
                ("signed_by", yimen.foundations.bus.fields.ActorField(max_length=80, verbose_name="签署人")),
                ("signed_by_name", models.CharField(max_length=80, verbose_name="签署")),
                ("for_whom", models.CharField(blank=True, max_length=80, verbose_name="代")),
                (
                    "for_key",
                    yimen.foundations.bus.fields.ActorField(blank=True, max_length=80, verbose_name="代谁"),
                ),
                ("drafter", yimen.foundations.bus.fields.ActorField(max_length=80, verbose_name="经办人")),
                ("twice", models.BooleanField(default=False, verbose_name="可以签两步")),
                ("signed_on", models.DateField(verbose_name="签署日期")),
                ("signed_at", models.DateTimeField(verbose_name="登记时间")),
                ("on_paper", models.BooleanField(default=False, verbose_name="纸上审签")),
                (
                    "entered_by",
                    yimen.foundations.bus.fields.ActorField(blank=True, max_length=80, verbose_name="登记人"),
                ),
                ("entered_by_name", models.CharField(blank=True, max_length=80, verbose_name="登记人姓名")),
                ("scan", models.UUIDField(null=True, verbose_name="扫描件")),
                (
                    "seat",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signature",
                        to="approvals.seat",
                    ),
                ),
                (
                    "sending",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="approvals.sending",
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="approvals.submission",
                    ),
                ),
            ],
            options={
                "verbose_name": "审签意见",
            },
        ),
        migrations.AddField(
            model_name="sending",
            name="submission",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sendings",
                to="approvals.submission",
            ),
        ),
        migrations.AddField(
            model_name="seat",
            name="submission",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="seats", to="approvals.submission"
            ),
        ),
        migrations.CreateModel(
            name="SubmissionCounter",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(default=yimen.kernel.ids.uuid7, editable=False, unique=True)),
                (
                    "street",
                    yimen.foundations.bus.fields.AreaField(
                        db_collation="C", max_length=15, verbose_name="街道"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("last", models.PositiveIntegerField(default=0, verbose_name="最后一号")),
            ],
            options={
                "verbose_name": "呈批编号计数",
                "constraints": [
                    models.UniqueConstraint(fields=("street", "year"), name="submission_counter_once")
                ],
            },
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(fields=["area", "state", "-id"], name="submission_area"),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(fields=["drafter", "-id"], name="submission_drafter"),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                condition=models.Q(("subject", ""), _negated=True),
                fields=["subject", "-id"],
                name="submission_subject",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.UniqueConstraint(
                fields=("street", "year", "sequence"), name="submission_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("subject", ""), _negated=True), models.Q(("state", "void"), _negated=True)
                ),
                fields=("subject", "chain"),
                name="submission_one_stands",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "signing"), ("step__gte", 1)),
                    models.Q(models.Q(("state", "signing"), _negated=True), ("step", 0)),
                    _connector="OR",
                ),
                name="submission_step_while_signing",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state", "void"),
                        models.Q(("void_why", ""), _negated=True),
                        models.Q(("voided_by", ""), _negated=True),
                    ),
                    models.Q(models.Q(("state", "void"), _negated=True), ("void_why", ""), ("voided_by", "")),
                    _connector="OR",
                ),
                name="submission_void_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("final__isnull", True),
                    models.Q(("final_at__isnull", False), ("state", "issued")),
                    _connector="OR",
                ),
                name="submission_final_is_issued",
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.UniqueConstraint(
                condition=models.Q(("twice", False)),
                fields=("sending", "signed_by"),
                name="signature_one_each",
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.CheckConstraint(
                condition=models.Q(("signed_by", models.F("drafter")), _negated=True),
                name="signature_not_by_drafter",
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("verdict", "returned"), _negated=True),
                    models.Q(("remark", ""), _negated=True),
                    _connector="OR",
                ),
                name="signature_return_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("entered_by", ""), ("on_paper", False), ("scan__isnull", True)),
                    models.Q(
                        ("on_paper", True),
                        ("scan__isnull", False),
                        models.Q(("entered_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="signature_paper_has_scan",
            ),
        ),
        migrations.AddConstraint(
            model_name="sending",
            constraint=models.UniqueConstraint(fields=("submission", "number"), name="sending_once"),
        ),
        migrations.AddIndex(
            model_name="seat",
            index=models.Index(
                condition=models.Q(("closed", False)), fields=["role", "area", "id"], name="seat_waits"
            ),
        ),
        migrations.AddIndex(
            model_name="seat",
            index=models.Index(condition=models.Q(("closed", False)), fields=["due_on"], name="seat_due"),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.UniqueConstraint(fields=("sending", "step", "number"), name="seat_once"),
        ),
    ]
