from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("imports", "0002_scope")]

    operations = [
        migrations.AddField(
            model_name="chunk",
            name="moved_at",
            field=models.DateTimeField(null=True, verbose_name="最近进展"),
        ),
    ]
