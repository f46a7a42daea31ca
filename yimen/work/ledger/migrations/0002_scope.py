"""Row-level security of the ledger: by the area of the deed; a person's entries follow the person too."""

from django.db import migrations

from yimen.foundations.access.fields import ScopeTable


class Migration(migrations.Migration):
    dependencies = [("access", "0002_scope"), ("people", "0002_scope"), ("ledger", "0001_initial")]

    operations = [
        ScopeTable("ledger_entry", area="area", through="people.Person", column="person", to="public_id"),
        ScopeTable("ledger_entryitem", area="area"),
        ScopeTable("ledger_delta", area="area"),
        ScopeTable("ledger_tally", area="area"),
        ScopeTable("ledger_presence", area="area"),
    ]
