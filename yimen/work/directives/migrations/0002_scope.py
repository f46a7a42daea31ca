"""Row-level security of directives: by area; a deed follows its directive."""

from django.db import migrations

from yimen.foundations.access.fields import ScopeTable


class Migration(migrations.Migration):
    dependencies = [("access", "0002_scope"), ("directives", "0001_initial")]

    operations = [
        ScopeTable("directives_directive", area="area"),
        ScopeTable("directives_directivestep", through="directives.Directive", column="directive_id"),
    ]
