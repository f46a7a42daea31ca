"""Residents urge us, and are answered (居民催办)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("desk", "0017_mended")]

    operations = [
        migrations.AddField("case", "urged_on", models.DateField(null=True)),
        migrations.AddField("case", "urge_waits", models.BooleanField(default=False)),
        migrations.AddIndex(
            "case",
            models.Index(
                fields=["street", "urged_on", "id"],
                condition=models.Q(("state", "accepted"), ("urge_waits", True)),
                name="case_urged",
            ),
        ),
        migrations.AddConstraint(
            "case",
            models.CheckConstraint(
                condition=models.Q(("urge_waits", False), ("urged_on__isnull", False), _connector="OR"),
                name="case_urge_waits_since_a_day",
            ),
        ),
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
                    ("urged", "居民催办"),
                    ("urge_told", "答复催办"),
                ],
                max_length=12,
            ),
        ),
    ]
