"""Outlines of areas, positions of buildings, and every day on which a dwelling was looked at (轮廓、位置、核实记录)."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models

import yimen.foundations.bus.fields
import yimen.kernel.ids
from yimen.foundations.access.fields import ScopeTable

# What was looked at before is known by its last day alone.
FILL = """
INSERT INTO places_dwellingcheck (public_id, dwelling_id, checked_on, noted_by)
SELECT gen_random_uuid(), id, verified_on, verified_by FROM places_dwelling WHERE verified_on IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0007_rooms"),
    ]

    operations = [
        migrations.CreateModel(
            name="AreaOutline",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(default=yimen.kernel.ids.uuid7, editable=False, unique=True)),
                ("since", models.DateField(verbose_name="起")),
                ("until", models.DateField(blank=True, null=True, verbose_name="止")),
                (
                    "area",
                    yimen.foundations.bus.fields.AreaField(
                        db_collation="C", max_length=15, verbose_name="区域"
                    ),
                ),
                ("polygons", models.JSONField(verbose_name="轮廓")),
                ("source", models.CharField(blank=True, max_length=60, verbose_name="来源")),
                ("noted_at", models.DateTimeField(verbose_name="登记时间")),
                ("noted_by", yimen.foundations.bus.fields.ActorField(max_length=80, verbose_name="登记人")),
            ],
            options={
                "verbose_name": "区域轮廓",
            },
        ),
        migrations.CreateModel(
            name="DwellingCheck",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(default=yimen.kernel.ids.uuid7, editable=False, unique=True)),
                ("checked_on", models.DateField(verbose_name="核实日期")),
                ("noted_by", yimen.foundations.bus.fields.ActorField(max_length=80, verbose_name="核实人")),
            ],
            options={
                "verbose_name": "核实记录",
            },
        ),
        migrations.AddField(
            model_name="building",
            name="latitude",
            field=models.DecimalField(
                blank=True, decimal_places=6, max_digits=9, null=True, verbose_name="纬度"
            ),
        ),
        migrations.AddField(
            model_name="building",
            name="longitude",
            field=models.DecimalField(
                blank=True, decimal_places=6, max_digits=9, null=True, verbose_name="经度"
            ),
        ),
        migrations.AddConstraint(
            model_name="building",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                    models.Q(("latitude__isnull", False), ("longitude__isnull", False)),
                    _connector="OR",
                ),
                name="places_building_position_is_whole",
            ),
        ),
        migrations.AddIndex(
            model_name="areaoutline",
            index=models.Index(fields=["area", "since"], name="places_areaoutline_area"),
        ),
        migrations.AddConstraint(
            model_name="areaoutline",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (
                        models.Func(
                            models.Func(
                                models.F("area"),
                                models.Value(0),
                                function="hashtextextended",
                                output_field=models.BigIntegerField(),
                            ),
                            models.Func(
                                models.F("area"),
                                models.Value(0),
                                function="hashtextextended",
                                output_field=models.BigIntegerField(),
                            ),
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
                name="places_areaoutline_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="areaoutline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                ),
                name="places_areaoutline_holds_a_day",
            ),
        ),
        migrations.AddField(
            model_name="dwellingcheck",
            name="dwelling",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="checks", to="places.dwelling"
            ),
        ),
        migrations.AddConstraint(
            model_name="dwellingcheck",
            constraint=models.UniqueConstraint(
                fields=("dwelling", "checked_on"), name="places_dwellingcheck_once_a_day"
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        ScopeTable("places_dwellingcheck", through="places.Dwelling", column="dwelling_id"),
    ]
