"""Backups are noted, so that the product can say when the last one was made."""

from django.db import migrations, models

import yimen.kernel.ids


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0005_provings"),
    ]

    operations = [
        migrations.CreateModel(
            name="Backup",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(default=yimen.kernel.ids.uuid7, editable=False, unique=True)),
                ("made_at", models.DateTimeField()),
                ("file", models.CharField(max_length=200)),
                ("rows", models.BigIntegerField()),
                ("files", models.BigIntegerField()),
                ("bytes", models.BigIntegerField()),
                ("proven", models.BooleanField()),
                ("spoilt", models.PositiveIntegerField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("file",), name="audit_backup_noted_once")],
            },
        ),
    ]
