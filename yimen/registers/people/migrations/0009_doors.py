"""Who lets a dwelling (房东), and what was noted at a door (门口登记)."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models

import yimen.foundations.access.fields
import yimen.foundations.bus.fields
import yimen.kernel.ids
from yimen.foundations.access.fields import ScopeTable


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0008_alike_by_index"),
        ("places", "0004_doors"),
    ]

    operations = [
        migrations.CreateModel(
            name="DoorDeed",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(default=yimen.kernel.ids.uuid7, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("verified", "核实无误"),
                            ("moved_in", "搬入"),
                            ("moved_out", "搬出"),
                            ("changed", "换租客"),
                        ],
                        max_length=12,
                        verbose_name="做了什么",
                    ),
                ),
                ("happened_on", models.DateField(verbose_name="发生日期")),
                ("people", models.JSONField(default=list, verbose_name="有关的人")),
                ("before", models.JSONField(default=dict, verbose_name="之前")),
                ("after", models.JSONField(default=dict, verbose_name="之后")),
                ("noted_on", models.DateField(verbose_name="登记日期")),
                ("noted_at", models.DateTimeField(verbose_name="登记时间")),
                ("noted_by", yimen.foundations.bus.fields.ActorField(max_length=80, verbose_name="登记人")),
                ("noted_by_name", models.CharField(max_length=80, verbose_name="登记人姓名")),
                ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="撤销时间")),
                (
                    "dwelling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.dwelling"
                    ),
                ),
            ],
            options={
                "verbose_name": "门口登记",
                "indexes": [
                    models.Index(fields=["dwelling", "-id"], name="people_doordeed_door"),
                    models.Index(
                        condition=models.Q(("before", {}), _negated=True),
                        fields=["noted_on"],
                        name="people_doordeed_kept",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Landlord",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(default=yimen.kernel.ids.uuid7, editable=False, unique=True)),
                ("since", models.DateField(verbose_name="起")),
                ("until", models.DateField(blank=True, null=True, verbose_name="止")),
                ("name", models.CharField(max_length=80, verbose_name="房东姓名")),
                (
                    "phone",
                    yimen.foundations.access.fields.EncryptedTextField(
                        blank=True, default="", verbose_name="房东电话"
                    ),
                ),
                ("noted_at", models.DateTimeField(verbose_name="登记时间")),
                ("noted_by", yimen.foundations.bus.fields.ActorField(max_length=80, verbose_name="登记人")),
                (
                    "dwelling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.dwelling"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "房东",
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                models.Func(
                                    models.F("dwelling"),
                                    models.F("dwelling"),
                                    models.Value("[]"),
                                    function="int8range",
                                    output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    models.F("since"),
                                    models.F("until"),
                                    models.Value("[)"),
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="people_landlord_one_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name__gt", "")), name="people_landlord_has_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                        ),
                        name="people_landlord_holds_a_day",
                    ),
                ],
            },
        ),
        ScopeTable("people_doordeed", through="places.Dwelling", column="dwelling_id"),
        ScopeTable("people_landlord", through="places.Dwelling", column="dwelling_id"),
    ]
