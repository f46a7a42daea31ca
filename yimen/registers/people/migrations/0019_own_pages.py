"""A page of one's own file, opened by a slip of the window (本人页面)."""

import django.db.models.deletion
from django.db import migrations, models

import yimen.foundations.bus.fields
import yimen.kernel.ids
from yimen.foundations.access.fields import ScopeTable


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0018_named_bearer"),
    ]

    operations = [
        migrations.CreateModel(
            name="OwnPage",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(default=yimen.kernel.ids.uuid7, editable=False, unique=True)),
                ("holder", models.CharField(max_length=100, verbose_name="交给谁")),
                ("identity", models.CharField(max_length=100, verbose_name="怎么核验身份")),
                ("slip_digest", models.CharField(max_length=64, unique=True, verbose_name="凭条摘要")),
                ("handed_at", models.DateTimeField(verbose_name="交给的时间")),
                ("handed_by", yimen.foundations.bus.fields.ActorField(max_length=80, verbose_name="经办人")),
                ("handed_by_name", models.CharField(max_length=80, verbose_name="经办人姓名")),
                ("open_until", models.DateTimeField(verbose_name="凭条有效期")),
                ("opened_at", models.DateTimeField(blank=True, null=True, verbose_name="打开时间")),
                ("page_digest", models.CharField(blank=True, max_length=64, verbose_name="页面摘要")),
                ("until", models.DateTimeField(blank=True, null=True, verbose_name="页面有效期")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="停用时间")),
                ("ended_why", models.CharField(blank=True, max_length=100, verbose_name="为什么停用")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "verbose_name": "本人页面",
                "indexes": [
                    models.Index(
                        condition=models.Q(("page_digest", ""), _negated=True),
                        fields=["page_digest"],
                        name="people_ownpage_page",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("person",),
                        name="people_ownpage_stands_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("opened_at__isnull", True), ("page_digest", ""), ("until__isnull", True)
                            ),
                            models.Q(
                                ("opened_at__gte", models.F("handed_at")),
                                ("page_digest__gt", ""),
                                ("until__gt", models.F("opened_at")),
                            ),
                            _connector="OR",
                        ),
                        name="people_ownpage_opened_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True), ("ended_why__gt", ""), _connector="OR"
                        ),
                        name="people_ownpage_ended_for_a_reason",
                    ),
                ],
            },
        ),
        ScopeTable("people_ownpage", through="people.Person", column="person_id"),
    ]
