from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0010_sign_in_codes"),
    ]

    operations = [
        migrations.AddField(
            model_name="passkeychallenge",
            name="address",
            field=models.CharField(blank=True, db_default="", default="", max_length=45, verbose_name="来自"),
        ),
    ]
