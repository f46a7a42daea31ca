"""A work list of one street is handed out by its index in the order of the list; visits of a day are found by their matter."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("desk", "0011_home_area")]

    operations = [
        migrations.RemoveIndex("case", "case_street_work"),
        migrations.RemoveIndex("case", "case_desk_work"),
        migrations.AddIndex(
            "case",
            models.Index(fields=["street", "state", "paused", "due_on", "id"], name="case_street_order"),
        ),
        migrations.AddIndex("case", models.Index(fields=["matter", "received_at"], name="case_matter")),
        migrations.AddIndex(
            "case",
            models.Index(
                fields=["street", "received_at", "id"],
                condition=models.Q(
                    ("state", "received"), models.Q(("paused", True), ("state", "accepted")), _connector="OR"
                ),
                name="case_waiting",
            ),
        ),
        migrations.AddIndex(
            "case",
            models.Index(
                fields=["street", "settled_on", "id"],
                condition=models.Q(("state", "decided")),
                name="case_to_deliver",
            ),
        ),
    ]
