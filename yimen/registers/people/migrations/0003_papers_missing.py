"""An index for the few files that owe a paper (证件待补)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0002_scope")]

    operations = [
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(("doubts__contains", ["papers_missing"])),
                fields=["area", "id"],
                name="people_person_papers_missing",
            ),
        ),
    ]
