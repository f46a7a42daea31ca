import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.functions.comparison
from django.db import migrations, models

import yimen.foundations.bus.fields
import yimen.kernel.ids


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0009_hand_over"),
    ]

    operations = [
        migrations.CreateModel(
            name="Delegation",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(default=yimen.kernel.ids.uuid7, editable=False, unique=True)),
                ("since", models.DateField(verbose_name="起")),
                ("until", models.DateField(blank=True, null=True, verbose_name="止")),
                ("matter", models.CharField(max_length=60)),
                ("street", yimen.foundations.bus.fields.AreaField(db_collation="C", max_length=15)),
                ("area", yimen.foundations.bus.fields.AreaField(db_collation="C", max_length=15)),
                (
                    "powers",
                    models.CharField(
                        choices=[("accept", "受理（仍由街道决定）"), ("decide", "受理并决定")], max_length=10
                    ),
                ),
                ("document", models.CharField(max_length=120)),
                ("article", models.CharField(blank=True, max_length=60)),
                ("seal_rule", models.CharField(max_length=200)),
                ("given_by", yimen.foundations.bus.fields.ActorField(max_length=80)),
                ("given_by_name", models.CharField(max_length=80)),
                ("given_at", models.DateTimeField()),
                ("cancelled", models.BooleanField(default=False)),
                ("ended_why", models.CharField(blank=True, max_length=200)),
                ("ended_by", yimen.foundations.bus.fields.ActorField(blank=True, max_length=80)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["area", "matter"], name="desk_delegation_area"),
                    models.Index(fields=["street", "-id"], name="desk_delegation_street"),
                ],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("cancelled", False)),
                        expressions=[
                            (
                                models.Func(
                                    models.Func(
                                        models.F("matter"),
                                        models.Value(0),
                                        function="hashtextextended",
                                        output_field=models.BigIntegerField(),
                                    ),
                                    models.Func(
                                        models.F("matter"),
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
                                    django.db.models.functions.comparison.Cast(
                                        models.F("area"), models.BigIntegerField()
                                    ),
                                    django.db.models.functions.comparison.Cast(
                                        models.F("area"), models.BigIntegerField()
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
                        name="desk_delegation_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                        ),
                        name="desk_delegation_holds_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until__isnull", False)), name="desk_delegation_has_an_end"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cancelled", False), ("ended_at__isnull", True), ("ended_why", "")),
                            models.Q(("ended_at__isnull", False), models.Q(("ended_why", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="desk_delegation_ended_says_why",
                    ),
                ],
            },
        ),
    ]
