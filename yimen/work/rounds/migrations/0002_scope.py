"""Row-level security of rounds: by area; who stands on a roll follows her person too."""

from django.db import migrations

from yimen.foundations.access.fields import ScopeTable


class Migration(migrations.Migration):
    dependencies = [("access", "0002_scope"), ("people", "0002_scope"), ("rounds", "0001_initial")]

    operations = [
        ScopeTable("rounds_round", area="area"),
        ScopeTable("rounds_rollline", area="area", through="people.Person", column="person", to="public_id"),
        ScopeTable("rounds_reply", area="area"),
        ScopeTable("rounds_needtask", area="area"),
    ]
