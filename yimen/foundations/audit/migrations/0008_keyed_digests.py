"""Digests of trail rows carry a key from here on, and the digest of their detail; those before stay as they are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0007_unusual_reading")]

    operations = [
        migrations.AlterField(model_name="trailrow", name="digest", field=models.BinaryField(max_length=65)),
    ]
