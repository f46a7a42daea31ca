"""How often somebody came for a case, and what way was spared (跑动次数、少跑路程)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("desk", "0015_extended")]

    operations = [
        migrations.AddField(
            model_name="case",
            name="metres_spared",
            field=models.PositiveIntegerField(null=True, verbose_name="少跑路程（米）"),
        ),
        migrations.AddField(
            model_name="case",
            name="trips",
            field=models.PositiveSmallIntegerField(null=True, verbose_name="跑动次数"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("trips__isnull", False)),
                fields=["street", "settled_on", "id"],
                include=("area", "trips", "metres_spared"),
                name="case_trips",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("metres_spared__isnull", True), ("trips__isnull", True)),
                    models.Q(("state__in", ("delivered", "archived")), ("trips__isnull", False)),
                    _connector="OR",
                ),
                name="case_trips_of_what_was_delivered",
            ),
        ),
    ]
