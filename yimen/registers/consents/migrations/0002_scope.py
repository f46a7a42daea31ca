"""Row-level security of consents: by their area, or with their person."""

from django.db import migrations

from yimen.foundations.access.fields import ScopeTable


class Migration(migrations.Migration):
    dependencies = [("access", "0002_scope"), ("people", "0002_scope"), ("consents", "0001_initial")]

    operations = [
        ScopeTable("consents_consent", area="area", through="people.Person", column="person", to="public_id"),
    ]
