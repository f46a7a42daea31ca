import django.db.models.deletion
from django.db import migrations, models

import yimen.foundations.bus.fields
import yimen.kernel.ids
from yimen.foundations.access.fields import ScopeTable


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0002_scope"),
        ("definitions", "0002_ends"),
        ("forms", "0002_scope"),
    ]

    operations = [
        migrations.CreateModel(
            name="FormDraft",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(default=yimen.kernel.ids.uuid7, editable=False, unique=True)),
                (
                    "area",
                    yimen.foundations.bus.fields.AreaField(
                        db_collation="C", max_length=15, verbose_name="区域"
                    ),
                ),
                ("key", models.CharField(max_length=40, verbose_name="编号")),
                ("title", models.CharField(max_length=60, verbose_name="表名")),
                ("file", models.UUIDField(verbose_name="工作簿")),
                ("file_name", models.CharField(max_length=130, verbose_name="文件名")),
                ("body", models.JSONField(verbose_name="内容")),
                ("remarks", models.JSONField(default=list, verbose_name="读入说明")),
                ("made_by", yimen.foundations.bus.fields.ActorField(max_length=80, verbose_name="制作人")),
                ("made_by_name", models.CharField(max_length=80, verbose_name="制作人")),
                ("made_at", models.DateTimeField(verbose_name="上传时间")),
                (
                    "version",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="definitions.version",
                    ),
                ),
            ],
            options={
                "verbose_name": "表单稿",
                "indexes": [models.Index(fields=["area", "id"], name="form_draft_area")],
            },
        ),
        ScopeTable("forms_formdraft", area="area"),
    ]
