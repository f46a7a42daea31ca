"""Papers that wait for a case (待收材料夹), and the phone that may add some; by the area of their window."""

import django.db.models.deletion
from django.db import migrations, models

import yimen.foundations.bus.fields
import yimen.kernel.ids
from yimen.foundations.access.fields import ScopeTable


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0002_scope"),
        ("desk", "0006_undoing"),
    ]

    operations = [
        migrations.CreateModel(
            name="PaperTray",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(default=yimen.kernel.ids.uuid7, editable=False, unique=True)),
                ("opened_by", yimen.foundations.bus.fields.ActorField(max_length=80)),
                ("area", yimen.foundations.bus.fields.AreaField(db_collation="C", max_length=15)),
                ("matter", models.CharField(max_length=60)),
                ("person", models.UUIDField()),
                ("touched_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="desk.case",
                    ),
                ),
            ],
            options={
                "verbose_name": "待收材料夹",
            },
        ),
        migrations.CreateModel(
            name="PhoneLink",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(default=yimen.kernel.ids.uuid7, editable=False, unique=True)),
                ("paper", models.CharField(max_length=60)),
                ("title", models.CharField(max_length=120)),
                ("word_hash", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("until_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("most", models.PositiveSmallIntegerField()),
                ("taken", models.PositiveSmallIntegerField(default=0)),
                ("tried", models.PositiveSmallIntegerField(default=0)),
                (
                    "tray",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="desk.papertray"
                    ),
                ),
            ],
            options={
                "verbose_name": "扫码拍链接",
            },
        ),
        migrations.CreateModel(
            name="TrayPage",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(default=yimen.kernel.ids.uuid7, editable=False, unique=True)),
                ("paper", models.CharField(max_length=60)),
                ("place", models.PositiveSmallIntegerField()),
                ("file", models.UUIDField()),
                ("kind", models.CharField(max_length=4)),
                ("pages", models.PositiveSmallIntegerField(default=1)),
                ("size", models.PositiveIntegerField(default=0)),
                ("turn", models.PositiveSmallIntegerField(default=0)),
                (
                    "came",
                    models.CharField(
                        choices=[
                            ("chosen", "选的文件"),
                            ("camera", "拍的"),
                            ("phone", "手机拍的"),
                            ("on_file", "档案里的"),
                        ],
                        max_length=8,
                    ),
                ),
                ("confirmed", models.BooleanField(default=True)),
                ("added_at", models.DateTimeField()),
                (
                    "tray",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pages", to="desk.papertray"
                    ),
                ),
            ],
            options={
                "verbose_name": "待收页",
            },
        ),
        migrations.AddIndex(
            model_name="papertray",
            index=models.Index(
                condition=models.Q(("closed_at", None)), fields=["touched_at"], name="papertray_waiting"
            ),
        ),
        migrations.AddConstraint(
            model_name="papertray",
            constraint=models.UniqueConstraint(
                condition=models.Q(("case", None), ("closed_at", None)),
                fields=("opened_by", "person", "matter"),
                name="papertray_one_for_intake",
            ),
        ),
        migrations.AddConstraint(
            model_name="papertray",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at", None)),
                fields=("opened_by", "case"),
                name="papertray_one_for_case",
            ),
        ),
        migrations.AddIndex(
            model_name="phonelink",
            index=models.Index(fields=["tray", "paper"], name="phonelink_tray"),
        ),
        migrations.AddIndex(
            model_name="traypage",
            index=models.Index(fields=["tray", "paper", "place", "id"], name="traypage_order"),
        ),
        migrations.AddConstraint(
            model_name="traypage",
            constraint=models.CheckConstraint(
                condition=models.Q(("turn__in", (0, 90, 180, 270))), name="traypage_quarter_turns"
            ),
        ),
        ScopeTable("desk_papertray", area="area"),
        ScopeTable("desk_traypage", through="desk.PaperTray", column="tray_id"),
        ScopeTable("desk_phonelink", through="desk.PaperTray", column="tray_id"),
    ]
