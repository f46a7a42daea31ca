"""Row-level security of family support: a registration by its community, or with its person."""

from django.db import migrations

from yimen.foundations.access.fields import ScopeTable


class Migration(migrations.Migration):
    dependencies = [("access", "0002_scope"), ("people", "0002_scope"), ("family", "0001_initial")]

    operations = [
        ScopeTable(
            "family_registration", area="area", through="people.Person", column="person", to="public_id"
        ),
    ]
