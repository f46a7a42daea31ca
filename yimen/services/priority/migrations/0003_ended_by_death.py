"""When a mark that a death ended would have ended otherwise (因去世终止前的到期日)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("priority", "0002_scope")]

    operations = [
        migrations.AddField(
            model_name="prioritymark",
            name="until_before_death",
            field=models.DateField(null=True, verbose_name="因去世终止前的到期日"),
        ),
    ]
