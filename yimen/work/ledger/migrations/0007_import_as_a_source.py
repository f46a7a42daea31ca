from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0006_kept_numbers_of_persons"),
    ]

    operations = [
        migrations.AlterField(
            model_name="entry",
            name="source_kind",
            field=models.CharField(
                choices=[
                    ("case", "办件"),
                    ("duty", "待办"),
                    ("gathering", "活动"),
                    ("grant", "发放"),
                    ("demand", "事项准入"),
                    ("inquiry", "咨询来电"),
                    ("import", "导入"),
                    ("alone", "随手记"),
                ],
                max_length=12,
            ),
        ),
    ]
