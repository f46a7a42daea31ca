"""A full export that its asker can fetch no more is cancelled (已取消)."""

from django.db import migrations, models

_STATES = [
    ("asked", "待批准"),
    ("making", "正在生成"),
    ("ready", "可以下载"),
    ("refused", "没有批准"),
    ("failed", "没有生成"),
    ("expired", "已到期删除"),
    ("cancelled", "已取消"),
]


class Migration(migrations.Migration):
    dependencies = [("exports", "0002_scope")]

    operations = [
        migrations.AlterField(
            model_name="fullexport",
            name="state",
            field=models.CharField(choices=_STATES, default="asked", max_length=10, verbose_name="进度"),
        ),
    ]
