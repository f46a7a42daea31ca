"""A case leads to another of a different matter (由此另办一件)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("desk", "0019_joined")]

    operations = [
        migrations.AddField("casestep", "other", models.UUIDField(null=True)),
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
                    ("joined", "并案办理"),
                    ("leads", "一起办一件"),
                    ("parted", "拆开单办"),
                    ("led_on", "另办一件"),
                    ("arises", "由另一件引出"),
                ],
                max_length=12,
            ),
        ),
    ]
