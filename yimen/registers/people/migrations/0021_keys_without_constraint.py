"""Search keys point at a file without a foreign key in the database (检索键不设外键)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0020_local_ties"),
    ]

    operations = [
        migrations.AlterField(
            model_name="searchkey",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.person",
            ),
        ),
    ]
