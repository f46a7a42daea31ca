"""Of a child the consent names the guardian who gave it (监护人); of earlier ones nobody wrote it down."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("care", "0003_consents_end_with_a_death")]

    operations = [
        migrations.AddField(
            model_name="careconsent",
            name="said_by",
            field=models.CharField(blank=True, default="", max_length=80, verbose_name="监护人"),
            preserve_default=False,
        ),
    ]
