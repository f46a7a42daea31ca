"""A case knows the nearest day by which a paper is to follow (容缺补交期限)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("desk", "0013_carried_over")]

    operations = [
        migrations.AddField("case", "papers_due_on", models.DateField(null=True)),
        migrations.AddIndex(
            "case",
            models.Index(
                fields=["street", "papers_due_on", "id"],
                condition=models.Q(("papers_due_on__isnull", False)),
                name="case_papers_due",
            ),
        ),
    ]
