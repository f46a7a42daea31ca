"""Questions to other units: seen with their case, by the area of the unit, or by a tie to the question alone."""

from django.db import migrations, models

import yimen.foundations.bus.fields
import yimen.kernel.ids
from yimen.foundations.access.fields import ScopeTable


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0002_scope"),
        ("desk", "0007_paper_trays"),
    ]

    operations = [
        migrations.AlterField(
            model_name="casestep",
            name="kind",
            field=models.CharField(
                choices=[
                    ("received", "收件"),
                    ("notice", "一次性告知"),
                    ("accepted", "受理"),
                    ("declined", "不予受理"),
                    ("papers", "补交材料"),
                    ("paused", "等待申请人"),
                    ("resumed", "恢复办理"),
                    ("handed_over", "上交街道"),
                    ("handed_back", "退回社区"),
                    ("asked_units", "送协办单位"),
                    ("decided", "办结"),
                    ("delivered", "送达"),
                    ("archived", "归档"),
                    ("withdrawn", "撤回"),
                    ("voided", "误收作废"),
                    ("undelivered", "撤销送达"),
                ],
                max_length=12,
            ),
        ),
        migrations.CreateModel(
            name="Share",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(default=yimen.kernel.ids.uuid7, editable=False, unique=True)),
                ("case", models.UUIDField()),
                ("case_number", models.CharField(max_length=30)),
                ("matter_title", models.CharField(max_length=80)),
                ("person", models.UUIDField()),
                ("person_name", models.CharField(max_length=80)),
                ("area", yimen.foundations.bus.fields.AreaField(db_collation="C", max_length=15)),
                ("unit", models.UUIDField(null=True)),
                ("unit_name", models.CharField(max_length=80)),
                (
                    "unit_area",
                    yimen.foundations.bus.fields.AreaField(blank=True, db_collation="C", max_length=15),
                ),
                ("question", models.CharField(max_length=300)),
                ("told", models.JSONField(default=list)),
                ("due_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "待答复"),
                            ("answered", "已答复"),
                            ("withdrawn", "已收回"),
                            ("closed", "办结时没有答复"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("asked_by", yimen.foundations.bus.fields.ActorField(max_length=80)),
                ("asked_by_name", models.CharField(max_length=80)),
                ("account", models.UUIDField(null=True)),
                ("urged_on", models.DateField(null=True)),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("agreed", "同意"),
                            ("refused", "不同意"),
                            ("given", "已经给予"),
                            ("elsewhere", "不属于我单位"),
                            ("more", "需要补充"),
                        ],
                        max_length=10,
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=300)),
                ("amount_fen", models.BigIntegerField(null=True)),
                (
                    "heard",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("itself", "本单位在系统里答复"),
                            ("paper", "书面答复，窗口代录"),
                            ("phone", "电话答复，窗口代录"),
                        ],
                        max_length=8,
                    ),
                ),
                ("said_by", models.CharField(blank=True, max_length=80)),
                ("answered_at", models.DateTimeField(null=True)),
                ("answered_by", yimen.foundations.bus.fields.ActorField(blank=True, max_length=80)),
                ("answered_by_name", models.CharField(blank=True, max_length=80)),
                ("closed_why", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "verbose_name": "协办",
                "indexes": [
                    models.Index(fields=["case", "id"], name="share_case"),
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["unit", "due_on", "id"],
                        name="share_unit_open",
                    ),
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["area", "due_on", "id"],
                        name="share_area_open",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("case", "unit_name"),
                        name="share_one_open_per_unit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_at__isnull", False),
                                ("state", "answered"),
                                models.Q(("answer", ""), _negated=True),
                                models.Q(("text", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "answered"), _negated=True),
                                ("answer", ""),
                                ("answered_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="share_answered_says_what",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount_fen__isnull", True),
                            models.Q(("amount_fen__gte", 1), ("answer__in", ("agreed", "given"))),
                            _connector="OR",
                        ),
                        name="share_only_help_has_an_amount",
                    ),
                ],
            },
        ),
        ScopeTable(
            "desk_share",
            area="unit_area",
            subject=("public_id",),
            through="desk.Case",
            column="case",
            to="public_id",
        ),
    ]
