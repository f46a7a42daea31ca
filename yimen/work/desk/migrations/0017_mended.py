"""What was done about a bad rating where mending was promised (整改结果)."""

from django.db import migrations, models
from django.db.models import Q

from yimen.foundations.bus.fields import ActorField


class Migration(migrations.Migration):
    dependencies = [("desk", "0016_trips")]

    operations = [
        migrations.AddField("followup", "mended_on", models.DateField(null=True)),
        migrations.AddField("followup", "mended", models.CharField(blank=True, max_length=600)),
        migrations.AddField("followup", "mended_by", ActorField(blank=True)),
        migrations.AddConstraint(
            "followup",
            models.CheckConstraint(
                condition=Q(("mended", ""), ("mended_on__isnull", True))
                | Q(("mended_on__isnull", False), ("verdict", "planned")) & ~Q(("mended", "")),
                name="followup_mended_says_what_was_done",
            ),
        ),
    ]
