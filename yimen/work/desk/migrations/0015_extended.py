"""The limit of a case may be put off once (延期)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0014_papers_follow"),
    ]

    operations = [
        migrations.AddField("case", "extended_days", models.PositiveSmallIntegerField(default=0)),
        migrations.AlterField(
            model_name="casestep",
            name="kind",
            field=models.CharField(
                choices=[
                    ("received", "收件"),
                    ("notice", "一次性告知"),
                    ("accepted", "受理"),
                    ("declined", "不予受理"),
                    ("papers", "补交材料"),
                    ("paused", "等待申请人"),
                    ("resumed", "恢复办理"),
                    ("handed_over", "上交街道"),
                    ("handed_back", "退回社区"),
                    ("asked_units", "送协办单位"),
                    ("decided", "办结"),
                    ("delivered", "送达"),
                    ("archived", "归档"),
                    ("withdrawn", "撤回"),
                    ("voided", "误收作废"),
                    ("undelivered", "撤销送达"),
                    ("carried", "区域调整"),
                    ("extended", "延期"),
                ],
                max_length=12,
            ),
        ),
    ]
