"""Half-done intakes that wait (挂起的受理), scoped by the area of the window; queries ask for the account besides."""

from django.db import migrations, models

import yimen.foundations.bus.fields
import yimen.kernel.ids
from yimen.foundations.access.fields import EncryptedTextField, ScopeTable


class Migration(migrations.Migration):
    dependencies = [("access", "0002_scope"), ("desk", "0004_received_on")]

    operations = [
        migrations.CreateModel(
            name="ParkedIntake",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(default=yimen.kernel.ids.uuid7, editable=False, unique=True)),
                ("account", models.UUIDField()),
                ("area", yimen.foundations.bus.fields.AreaField(db_collation="C", max_length=15)),
                ("person", models.UUIDField()),
                ("surname", models.CharField(max_length=12)),
                ("matter", models.CharField(max_length=60)),
                ("matter_title", models.CharField(max_length=80)),
                ("kept", EncryptedTextField()),
                ("page_key", models.CharField(max_length=64)),
                ("parked_at", models.DateTimeField()),
                ("dropped_at", models.DateTimeField(null=True)),
                ("edition", models.PositiveIntegerField(default=1)),
            ],
            options={
                "indexes": [models.Index(fields=["account", "id"], name="parkedintake_mine")],
                "constraints": [
                    models.UniqueConstraint(fields=("account", "page_key"), name="parkedintake_once_a_page")
                ],
            },
        ),
        ScopeTable("desk_parkedintake", area="area"),
    ]
