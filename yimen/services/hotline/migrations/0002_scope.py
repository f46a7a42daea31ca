"""Row-level security of calls and duty: all by area."""

from django.db import migrations

from yimen.foundations.access.fields import ScopeTable


class Migration(migrations.Migration):
    dependencies = [("access", "0002_scope"), ("hotline", "0001_initial")]

    operations = [
        ScopeTable("hotline_call", area="area"),
        ScopeTable("hotline_shift", area="area"),
        ScopeTable("hotline_handover", area="area"),
    ]
