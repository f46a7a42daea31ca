"""The auditor asks for one day or one verb of a long trail."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_scope")]

    operations = [
        migrations.AddIndex("trailrow", models.Index(fields=["verb", "id"], name="trail_verb")),
        migrations.AddIndex("trailrow", models.Index(fields=["at"], name="trail_at")),
        migrations.AddIndex("look", models.Index(fields=["at"], name="look_at")),
    ]
