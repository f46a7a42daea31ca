from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0012_first_passwords_end")]

    operations = [
        migrations.AlterField(
            model_name="tie",
            name="kind",
            field=models.CharField(
                choices=[("person", "居民"), ("case", "办件"), ("gathering", "活动"), ("unit", "单位")],
                max_length=10,
                verbose_name="类别",
            ),
        ),
    ]
