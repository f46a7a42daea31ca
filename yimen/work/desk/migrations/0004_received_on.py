"""The day a case was received when it was typed in later, why so late, and the ledger entry it grew out of."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0003_paper_original"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="late_reason",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="case",
            name="origin",
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name="case",
            name="received_on",
            field=models.DateField(null=True),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("origin__isnull", False)), fields=["origin"], name="case_origin"
            ),
        ),
    ]
