"""Results of proving derived numbers are kept."""

from django.db import migrations, models

import yimen.kernel.ids


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_unsealed_rows_wait")]

    operations = [
        migrations.CreateModel(
            name="Proving",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(default=yimen.kernel.ids.uuid7, editable=False, unique=True)),
                ("made_at", models.DateTimeField()),
                ("seconds", models.PositiveIntegerField()),
                ("compared", models.BigIntegerField()),
                ("different", models.BigIntegerField()),
                ("lines", models.JSONField()),
            ],
            options={"abstract": False},
        ),
    ]
