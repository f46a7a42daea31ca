"""Whom an organisation cares for, and whom it refers: seen by the organisation, and by the other for the term (转诊)."""

import django.db.models.deletion
from django.db import migrations, models

import yimen.foundations.access.fields
import yimen.foundations.bus.fields
import yimen.kernel.ids
from yimen.foundations.access.fields import ScopeTable


class Migration(migrations.Migration):
    dependencies = [
        ("providers", "0002_scope"),
    ]

    operations = [
        migrations.CreateModel(
            name="Patient",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(default=yimen.kernel.ids.uuid7, editable=False, unique=True)),
                ("unit", models.UUIDField(verbose_name="机构")),
                ("unit_name", models.CharField(max_length=80, verbose_name="机构名称")),
                ("person", models.UUIDField(verbose_name="居民")),
                ("name", models.CharField(max_length=80, verbose_name="姓名")),
                ("born_in", models.PositiveSmallIntegerField(verbose_name="出生年")),
                (
                    "phone",
                    yimen.foundations.access.fields.EncryptedTextField(blank=True, verbose_name="联系电话"),
                ),
                ("consented_on", models.DateField(verbose_name="同意日期")),
                ("since", models.DateField(verbose_name="起")),
                ("until", models.DateField(null=True, verbose_name="止")),
                ("ended_why", models.CharField(blank=True, max_length=120, verbose_name="结束原因")),
                ("noted_at", models.DateTimeField()),
                ("noted_by", yimen.foundations.bus.fields.ActorField(max_length=80)),
            ],
            options={
                "verbose_name": "服务对象",
                "indexes": [models.Index(fields=["unit", "-id"], name="providers_patients")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("unit", "person"),
                        name="providers_patient_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                        ),
                        name="providers_patient_forwards",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Referral",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(default=yimen.kernel.ids.uuid7, editable=False, unique=True)),
                ("source", models.UUIDField(verbose_name="转出机构")),
                ("source_name", models.CharField(max_length=80, verbose_name="转出机构名称")),
                ("target", models.UUIDField(verbose_name="接诊机构")),
                ("target_name", models.CharField(max_length=80, verbose_name="接诊机构名称")),
                ("need", models.CharField(max_length=60, verbose_name="希望做什么")),
                ("consented_on", models.DateField(verbose_name="同意日期")),
                ("until", models.DateField(verbose_name="查阅止日")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("offered", "待接诊"),
                            ("accepted", "已接诊"),
                            ("returned", "已退回"),
                            ("withdrawn", "已撤回"),
                            ("ended", "已结束"),
                        ],
                        default="offered",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("offered_at", models.DateTimeField(verbose_name="转出时间")),
                ("offered_by", yimen.foundations.bus.fields.ActorField(max_length=80)),
                ("offered_by_name", models.CharField(max_length=60, verbose_name="转出人")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="答复时间")),
                ("answered_by", yimen.foundations.bus.fields.ActorField(blank=True, max_length=80)),
                ("answered_by_name", models.CharField(blank=True, max_length=60, verbose_name="答复人")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="结束时间")),
                ("ended_by_name", models.CharField(blank=True, max_length=60, verbose_name="结束人")),
                ("why", models.CharField(blank=True, max_length=120, verbose_name="退回、撤回或结束原因")),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referrals",
                        to="providers.patient",
                    ),
                ),
            ],
            options={
                "verbose_name": "转诊",
            },
        ),
        migrations.CreateModel(
            name="Opening",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(default=yimen.kernel.ids.uuid7, editable=False, unique=True)),
                ("source", models.UUIDField(verbose_name="转出机构")),
                ("target", models.UUIDField(verbose_name="接诊机构")),
                ("since", models.DateField(verbose_name="起")),
                ("until", models.DateField(verbose_name="止")),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="openings",
                        to="providers.patient",
                    ),
                ),
                (
                    "referral",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opening",
                        to="providers.referral",
                    ),
                ),
            ],
            options={
                "verbose_name": "转诊查阅",
            },
        ),
        migrations.CreateModel(
            name="PatientNote",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(default=yimen.kernel.ids.uuid7, editable=False, unique=True)),
                ("unit", models.UUIDField(verbose_name="机构")),
                ("unit_name", models.CharField(max_length=80, verbose_name="机构名称")),
                (
                    "kind",
                    models.CharField(
                        choices=[("care", "服务记录"), ("referred", "转诊原因"), ("reply", "接诊回复")],
                        max_length=10,
                        verbose_name="类别",
                    ),
                ),
                ("on", models.DateField(verbose_name="日期")),
                ("text", yimen.foundations.access.fields.EncryptedTextField(verbose_name="内容")),
                ("noted_at", models.DateTimeField()),
                ("noted_by", yimen.foundations.bus.fields.ActorField(max_length=80)),
                ("noted_by_name", models.CharField(max_length=60, verbose_name="记录人")),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="providers.patient",
                    ),
                ),
            ],
            options={
                "verbose_name": "服务记录",
                "indexes": [models.Index(fields=["patient", "-id"], name="providers_notes")],
            },
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(fields=["source", "-id"], name="providers_referred_out"),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(fields=["target", "-id"], name="providers_referred_in"),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("offered", "accepted"))),
                fields=("patient", "target"),
                name="providers_referred_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(("source", models.F("target")), _negated=True),
                name="providers_referred_elsewhere",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("returned", "ended")), _negated=True),
                    models.Q(("why", ""), _negated=True),
                    _connector="OR",
                ),
                name="providers_referral_ends_why",
            ),
        ),
        migrations.AddIndex(
            model_name="opening",
            index=models.Index(fields=["target", "until"], name="providers_lent_to"),
        ),
        migrations.AddConstraint(
            model_name="opening",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__gt", models.F("since"))), name="providers_opening_forwards"
            ),
        ),
        ScopeTable("providers_referral", subject=("source", "target")),
        ScopeTable("providers_opening", subject="source", lent=("target", "since", "until")),
        ScopeTable(
            "providers_patient", subject="unit", through="providers.Opening", column="id", to="patient_id"
        ),
        ScopeTable("providers_patientnote", through="providers.Patient", column="patient_id"),
    ]
