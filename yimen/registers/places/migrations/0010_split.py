"""A community is divided (拆分)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0009_rooms_for_the_street"),
    ]

    operations = [
        migrations.AlterField(
            model_name="areachange",
            name="kind",
            field=models.CharField(
                choices=[
                    ("convert", "村改社区（撤村建居）"),
                    ("merge", "合并"),
                    ("renumber", "变更统计用区划代码"),
                    ("split", "拆分"),
                ],
                max_length=10,
                verbose_name="类别",
            ),
        ),
    ]
