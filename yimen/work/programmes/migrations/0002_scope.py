"""Row-level security of duties: by their area; what is owed to a person follows the person too."""

from django.db import migrations

from yimen.foundations.access.fields import ScopeTable


class Migration(migrations.Migration):
    dependencies = [("access", "0002_scope"), ("people", "0002_scope"), ("programmes", "0001_initial")]

    operations = [
        ScopeTable("programmes_duty", area="area", through="people.Person", column="person", to="public_id"),
    ]
