"""Which daily job was begun for which day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("bus", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="DailyRun",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("job", models.CharField(max_length=80)),
                ("day", models.DateField()),
                ("begun_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("job", "day"), name="dailyrun_once_a_day")],
            },
        ),
    ]
