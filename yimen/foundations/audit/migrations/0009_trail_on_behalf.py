"""The auditor asks what deputies did for one colleague (代谁办)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0008_keyed_digests")]

    operations = [
        migrations.AddIndex(
            "trailrow",
            models.Index(
                fields=["on_behalf_of", "id"], name="trail_on_behalf", condition=~models.Q(on_behalf_of="")
            ),
        ),
    ]
