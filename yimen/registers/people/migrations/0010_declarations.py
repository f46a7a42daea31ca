"""What somebody declares by the code on the stairs (住户申报)."""

import django.db.models.deletion
from django.db import migrations, models

import yimen.foundations.access.fields
import yimen.foundations.bus.fields
import yimen.kernel.ids
from yimen.foundations.access.fields import ScopeTable


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0009_doors"),
        ("places", "0004_doors"),
    ]

    operations = [
        migrations.CreateModel(
            name="Declaration",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(default=yimen.kernel.ids.uuid7, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("in", "我搬来了"), ("out", "我搬走了"), ("heads", "集体住所报人数")],
                        max_length=8,
                        verbose_name="申报",
                    ),
                ),
                (
                    "name",
                    yimen.foundations.access.fields.EncryptedTextField(
                        blank=True, default="", verbose_name="姓名"
                    ),
                ),
                (
                    "phone",
                    yimen.foundations.access.fields.EncryptedTextField(
                        blank=True, default="", verbose_name="电话"
                    ),
                ),
                ("since", models.DateField(verbose_name="从哪天起")),
                ("use", models.CharField(blank=True, max_length=12, verbose_name="怎么住")),
                ("long", models.BooleanField(null=True, verbose_name="打算住满半年")),
                ("heads", models.PositiveSmallIntegerField(null=True, verbose_name="人数")),
                (
                    "source_hash",
                    models.CharField(blank=True, db_collation="C", max_length=80, verbose_name="来源摘要"),
                ),
                (
                    "sent_hash",
                    models.CharField(blank=True, db_collation="C", max_length=80, verbose_name="页面摘要"),
                ),
                ("received_at", models.DateTimeField(verbose_name="收到时间")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "待确认"), ("confirmed", "已确认"), ("refused", "未采纳")],
                        default="open",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="未采纳的原因")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="处理时间")),
                (
                    "answered_by",
                    yimen.foundations.bus.fields.ActorField(blank=True, max_length=80, verbose_name="处理人"),
                ),
                ("answered_by_name", models.CharField(blank=True, max_length=80, verbose_name="处理人姓名")),
                ("forgotten_on", models.DateField(null=True, verbose_name="抹去日期")),
                (
                    "dwelling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.dwelling"
                    ),
                ),
            ],
            options={
                "verbose_name": "住户申报",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open")), fields=["-id"], name="people_declaration_open"
                    ),
                    models.Index(fields=["dwelling", "received_at"], name="people_declaration_door"),
                    models.Index(fields=["source_hash", "received_at"], name="people_declaration_source"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "open"),
                            models.Q(("answered_at__isnull", False), ("answered_by__gt", "")),
                            _connector="OR",
                        ),
                        name="people_declaration_answered_by_someone",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("sent_hash__gt", "")),
                        fields=("sent_hash",),
                        name="people_declaration_sent_once",
                    ),
                ],
            },
        ),
        ScopeTable("people_declaration", through="places.Dwelling", column="dwelling_id"),
    ]
