"""A consent that ended with a death says so, and holds again when that was an error (专项同意因去世终止)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("care", "0002_scope")]

    operations = [
        migrations.AddField(
            model_name="careconsent",
            name="by_death",
            field=models.BooleanField(default=False, verbose_name="因去世终止"),
        ),
    ]
