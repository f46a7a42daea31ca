from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("approvals", "0002_scope"),
    ]

    operations = [
        migrations.AddField(
            model_name="seat",
            name="account",
            field=models.UUIDField(null=True, verbose_name="指定审签人"),
        ),
        migrations.AddField(
            model_name="sending",
            name="named",
            field=models.JSONField(default=dict, verbose_name="指定审签人"),
        ),
    ]
