import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models

import yimen.kernel.ids


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0002_scope"),
    ]

    operations = [
        migrations.CreateModel(
            name="SiteOffer",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(default=yimen.kernel.ids.uuid7, editable=False, unique=True)),
                ("since", models.DateField(verbose_name="起")),
                ("until", models.DateField(blank=True, null=True, verbose_name="止")),
                ("offer", models.CharField(max_length=80, verbose_name="内容")),
            ],
            options={
                "verbose_name": "办理内容",
            },
        ),
        migrations.AddField(
            model_name="site",
            name="in_charge",
            field=models.CharField(blank=True, max_length=40, verbose_name="负责人"),
        ),
        migrations.AddField(
            model_name="site",
            name="latitude",
            field=models.DecimalField(decimal_places=6, max_digits=9, null=True, verbose_name="纬度"),
        ),
        migrations.AddField(
            model_name="site",
            name="longitude",
            field=models.DecimalField(decimal_places=6, max_digits=9, null=True, verbose_name="经度"),
        ),
        migrations.AddField(
            model_name="site",
            name="position_source",
            field=models.CharField(blank=True, max_length=60, verbose_name="坐标来源"),
        ),
        migrations.AddConstraint(
            model_name="site",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                    models.Q(("latitude__isnull", False), ("longitude__isnull", False)),
                    _connector="OR",
                ),
                name="places_site_position_is_whole",
            ),
        ),
        migrations.AddField(
            model_name="siteoffer",
            name="site",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="offers", to="places.site"
            ),
        ),
        migrations.AddIndex(
            model_name="siteoffer",
            index=models.Index(fields=["offer", "site"], name="places_siteoffer_offer"),
        ),
        migrations.AddConstraint(
            model_name="siteoffer",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (
                        models.Func(
                            models.F("site"),
                            models.F("site"),
                            models.Value("[]"),
                            function="int8range",
                            output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                        ),
                        "&&",
                    ),
                    (
                        models.Func(
                            models.Func(
                                models.F("offer"),
                                models.Value(0),
                                function="hashtextextended",
                                output_field=models.BigIntegerField(),
                            ),
                            models.Func(
                                models.F("offer"),
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
                name="places_siteoffer_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="siteoffer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                ),
                name="places_siteoffer_holds_a_day",
            ),
        ),
    ]
