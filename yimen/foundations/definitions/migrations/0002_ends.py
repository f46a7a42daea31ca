from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("definitions", "0001_initial")]

    operations = [
        migrations.AddField(model_name="version", name="ends", field=models.BooleanField(default=False)),
    ]
