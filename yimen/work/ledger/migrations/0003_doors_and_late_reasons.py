"""The door of a deed, and the reason of an entry made late."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0002_scope"),
    ]

    operations = [
        migrations.AddField(
            model_name="entry",
            name="building",
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name="entry",
            name="dwelling",
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name="entry",
            name="late_reason",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="entry",
            name="place",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["street", "recorded_at"], name="entry_street_recorded"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                condition=models.Q(("dwelling__isnull", False)),
                fields=["dwelling", "id"],
                name="entry_dwelling",
            ),
        ),
    ]
