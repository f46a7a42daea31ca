"""Files that were opened in an emergency (紧急查阅)."""

from django.db import migrations, models

import yimen.foundations.bus.fields
import yimen.kernel.ids
from yimen.foundations.access.fields import ScopeTable


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0010_declarations"),
    ]

    operations = [
        migrations.CreateModel(
            name="EmergencyLook",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(default=yimen.kernel.ids.uuid7, editable=False, unique=True)),
                ("person", models.UUIDField(verbose_name="居民")),
                (
                    "area",
                    yimen.foundations.bus.fields.AreaField(
                        db_collation="C", max_length=15, verbose_name="区域"
                    ),
                ),
                ("card", models.CharField(blank=True, max_length=60, verbose_name="特殊信息")),
                ("kind", models.CharField(max_length=40, verbose_name="紧急情况代号")),
                ("kind_title", models.CharField(max_length=30, verbose_name="紧急情况")),
                ("words", models.CharField(max_length=200, verbose_name="情况")),
                ("account", models.UUIDField(verbose_name="账号")),
                ("looked_by", yimen.foundations.bus.fields.ActorField(max_length=80, verbose_name="查阅人")),
                ("looked_by_name", models.CharField(max_length=80, verbose_name="查阅人姓名")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("until_at", models.DateTimeField(verbose_name="到")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "待复核"), ("justified", "确属紧急"), ("unjustified", "不属紧急")],
                        default="open",
                        max_length=12,
                        verbose_name="复核",
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=300, verbose_name="复核意见")),
                (
                    "answered_by",
                    yimen.foundations.bus.fields.ActorField(blank=True, max_length=80, verbose_name="复核人"),
                ),
                ("answered_by_name", models.CharField(blank=True, max_length=80, verbose_name="复核人姓名")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="复核时间")),
            ],
            options={
                "verbose_name": "紧急查阅",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open")), fields=["area", "id"], name="people_glass_open"
                    ),
                    models.Index(fields=["looked_by", "at"], name="people_glass_of_account"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until_at__gt", models.F("at"))), name="people_glass_lasts"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answered_by", models.F("looked_by")), _negated=True),
                        name="people_glass_not_by_oneself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "open"),
                            models.Q(
                                ("answer__gt", ""), ("answered_at__isnull", False), ("answered_by__gt", "")
                            ),
                            _connector="OR",
                        ),
                        name="people_glass_answered_in_words",
                    ),
                ],
            },
        ),
        ScopeTable("people_emergencylook", area="area", subject="person"),
    ]
