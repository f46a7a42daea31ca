"""Row-level security of volunteering: a volunteer by the community that registered her, or with her person."""

from django.db import migrations

from yimen.foundations.access.fields import ScopeTable


class Migration(migrations.Migration):
    dependencies = [("access", "0002_scope"), ("people", "0002_scope"), ("volunteering", "0001_initial")]

    operations = [
        ScopeTable(
            "volunteering_volunteer", area="area", through="people.Person", column="person", to="public_id"
        ),
    ]
