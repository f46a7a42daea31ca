"""A guardianship that a death ended says so, and comes back when that was an error (监护因去世终止)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0016_guardians")]

    operations = [
        migrations.AddField(
            model_name="guardianship",
            name="by_death",
            field=models.BooleanField(default=False, verbose_name="因一方去世终止"),
        ),
    ]
