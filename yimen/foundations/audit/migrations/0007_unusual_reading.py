"""What stands out in reading is kept for the auditor of the area, and answered there."""

from django.db import migrations, models

import yimen.foundations.bus.fields
import yimen.kernel.ids

_REACH = "area ^@ ANY ((SELECT nullif(current_setting('yimen.reach', true), '')::text[])::text[])"
_TABLE = "audit_unusualreading"


class Migration(migrations.Migration):
    dependencies = [("audit", "0006_backups")]

    operations = [
        migrations.CreateModel(
            name="UnusualReading",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(default=yimen.kernel.ids.uuid7, editable=False, unique=True)),
                ("actor", yimen.foundations.bus.fields.ActorField(max_length=80)),
                ("on", models.DateField()),
                ("rule", models.CharField(max_length=60)),
                ("title", models.CharField(max_length=80)),
                ("area", yimen.foundations.bus.fields.AreaField(db_collation="C", max_length=15)),
                ("count", models.BigIntegerField()),
                ("usual", models.DecimalField(decimal_places=1, max_digits=12)),
                ("exports", models.BooleanField(default=False)),
                ("rows", models.JSONField()),
                ("found_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "待核实"),
                            ("explained", "有正当事由"),
                            ("followed_up", "已移交处理"),
                        ],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("answered_by", yimen.foundations.bus.fields.ActorField(blank=True, max_length=80)),
                ("answered_by_name", models.CharField(blank=True, max_length=80)),
                ("answered_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("actor", "on", "rule"), name="audit_unusual_once_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "open"),
                            models.Q(
                                ("answered_at__isnull", False), ("answered_by__gt", ""), ("reason__gt", "")
                            ),
                            _connector="OR",
                        ),
                        name="audit_unusual_answered_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answered_by", models.F("actor")), _negated=True),
                        name="audit_unusual_not_by_oneself",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            f"ALTER TABLE {_TABLE} ENABLE ROW LEVEL SECURITY;"
            f" CREATE POLICY seen ON {_TABLE} FOR SELECT USING ({_REACH});"
            f" CREATE POLICY found ON {_TABLE} FOR INSERT WITH CHECK ({_REACH});"
            f" CREATE POLICY answered ON {_TABLE} FOR UPDATE USING ({_REACH}) WITH CHECK ({_REACH});",
            f"DROP POLICY answered ON {_TABLE}; DROP POLICY found ON {_TABLE}; DROP POLICY seen ON {_TABLE};"
            f" ALTER TABLE {_TABLE} DISABLE ROW LEVEL SECURITY;",
        ),
    ]
