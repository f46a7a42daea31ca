"""Row-level security of aid: a relief by the area that gave it, or with its person."""

from django.db import migrations

from yimen.foundations.access.fields import ScopeTable


class Migration(migrations.Migration):
    dependencies = [("access", "0002_scope"), ("people", "0002_scope"), ("aid", "0001_initial")]

    operations = [
        ScopeTable("aid_relief", area="area", through="people.Person", column="person", to="public_id"),
    ]
