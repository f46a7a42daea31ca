"""A duty ends when she wants her data used for little (限制使用)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("programmes", "0002_scope"),
    ]

    operations = [
        migrations.AlterField(
            model_name="duty",
            name="excuse",
            field=models.CharField(
                blank=True,
                choices=[
                    ("declined", "本人不需要"),
                    ("moved", "已搬走"),
                    ("unreachable", "多次联系不上"),
                    ("settled", "事情已经解决"),
                    ("died", "已去世"),
                    ("restricted", "本人要求限制使用"),
                    ("slip", "记错了"),
                    ("other", "其他"),
                ],
                max_length=12,
            ),
        ),
    ]
