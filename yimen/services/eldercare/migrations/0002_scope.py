"""Row-level security of elder care: a benefit by the area that granted it, or with its person."""

from django.db import migrations

from yimen.foundations.access.fields import ScopeTable


class Migration(migrations.Migration):
    dependencies = [("access", "0002_scope"), ("people", "0002_scope"), ("eldercare", "0001_initial")]

    operations = [
        ScopeTable(
            "eldercare_elderbenefit", area="area", through="people.Person", column="person", to="public_id"
        ),
    ]
