"""A contract ends when two files become one (并档)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("health", "0002_scope"),
    ]

    operations = [
        migrations.AlterField(
            model_name="contract",
            name="ended_why",
            field=models.CharField(
                blank=True,
                choices=[
                    ("asked", "本人不想继续"),
                    ("changed", "换团队"),
                    ("moved", "搬走了"),
                    ("team", "团队不能继续服务"),
                    ("died", "去世"),
                    ("merged", "重复建档已合并"),
                ],
                max_length=12,
            ),
        ),
    ]
