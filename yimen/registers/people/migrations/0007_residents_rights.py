"""What residents ask about their own data (权利请求)."""

import django.db.models.deletion
from django.db import migrations, models

import yimen.foundations.bus.fields
import yimen.kernel.ids
from yimen.foundations.access.fields import ScopeTable


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0006_who_is_near"),
    ]

    operations = [
        migrations.CreateModel(
            name="RightsRequest",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(default=yimen.kernel.ids.uuid7, editable=False, unique=True)),
                (
                    "area",
                    yimen.foundations.bus.fields.AreaField(
                        db_collation="C", max_length=15, verbose_name="受理地"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("correct", "更正、补充"), ("erase", "删除"), ("restrict", "限制使用")],
                        max_length=12,
                        verbose_name="请求",
                    ),
                ),
                ("wish", models.CharField(max_length=500, verbose_name="具体要求")),
                ("asked_by", models.CharField(max_length=100, verbose_name="谁提出的")),
                ("identity", models.CharField(max_length=100, verbose_name="怎么核验身份")),
                ("received_at", models.DateTimeField(verbose_name="收到时间")),
                (
                    "received_by",
                    yimen.foundations.bus.fields.ActorField(max_length=80, verbose_name="受理人"),
                ),
                ("received_by_name", models.CharField(max_length=80, verbose_name="受理人姓名")),
                ("due_on", models.DateField(verbose_name="最迟答复")),
                (
                    "answer",
                    models.CharField(
                        choices=[("open", "待答复"), ("granted", "同意"), ("refused", "不同意")],
                        default="open",
                        max_length=12,
                        verbose_name="答复",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="理由或结果")),
                ("erased", models.JSONField(default=list, verbose_name="删除的项目")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="答复时间")),
                (
                    "answered_by",
                    yimen.foundations.bus.fields.ActorField(blank=True, max_length=80, verbose_name="答复人"),
                ),
                ("answered_by_name", models.CharField(blank=True, max_length=80, verbose_name="答复人姓名")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "verbose_name": "权利请求",
                "indexes": [
                    models.Index(fields=["person"], name="people_rights_person"),
                    models.Index(
                        condition=models.Q(("answer", "open")),
                        fields=["due_on", "id"],
                        name="people_rights_open",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answer", "open"),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("answered_by__gt", ""),
                                ("answered_by_name__gt", ""),
                                ("reason__gt", ""),
                            ),
                            _connector="OR",
                        ),
                        name="people_rights_answered_with_reason",
                    )
                ],
            },
        ),
        ScopeTable("people_rightsrequest", through="people.Person", column="person_id"),
    ]
