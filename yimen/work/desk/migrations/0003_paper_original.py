"""Where the original of a paper lies (原件去向)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("desk", "0002_scope")]

    operations = [
        migrations.AddField(
            model_name="casepaper",
            name="original",
            field=models.CharField(
                blank=True,
                choices=[("returned", "归还居民"), ("window", "留存窗口"), ("filed", "随档")],
                default="",
                max_length=10,
            ),
            preserve_default=False,
        ),
    ]
