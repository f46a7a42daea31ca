"""Why a helper left (帮手退出原因)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("gatherings", "0002_scope")]

    operations = [
        migrations.AddField(
            model_name="helper",
            name="left_why",
            field=models.CharField(blank=True, default="", max_length=40),
        ),
    ]
