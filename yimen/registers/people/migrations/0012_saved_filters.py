"""Filters of the residents' list that somebody keeps (常用筛选)."""

from django.db import migrations, models

import yimen.foundations.bus.fields
import yimen.kernel.ids


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0011_emergency_looks"),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedFilter",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(default=yimen.kernel.ids.uuid7, editable=False, unique=True)),
                ("account", models.UUIDField(verbose_name="账号")),
                ("owner_name", models.CharField(max_length=80, verbose_name="保存人")),
                (
                    "street",
                    yimen.foundations.bus.fields.AreaField(
                        db_collation="C", max_length=9, verbose_name="街道"
                    ),
                ),
                ("name", models.CharField(max_length=20, verbose_name="名称")),
                ("shared", models.BooleanField(default=False, verbose_name="本街道都能用")),
                ("conditions", models.JSONField(default=dict, verbose_name="条件")),
                ("saved_at", models.DateTimeField(verbose_name="保存时间")),
            ],
            options={
                "verbose_name": "常用筛选",
                "indexes": [
                    models.Index(
                        condition=models.Q(("shared", True)),
                        fields=["street", "id"],
                        name="people_filter_shared",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("account", "name"), name="people_filter_name_once"),
                    models.CheckConstraint(
                        condition=models.Q(("conditions", {}), _negated=True),
                        name="people_filter_has_conditions",
                    ),
                ],
            },
        ),
    ]
