"""A merge says by name who did it (合并人姓名)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0004_suspected_doubles")]

    operations = [
        migrations.AddField(
            model_name="alias",
            name="merged_by_name",
            field=models.CharField(blank=True, max_length=80, verbose_name="合并人姓名"),
        ),
    ]
