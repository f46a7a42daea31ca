"""Row-level security of seals: seals and requests by their area, the register with its seal."""

from django.db import migrations

from yimen.foundations.access.fields import ScopeTable


class Migration(migrations.Migration):
    dependencies = [("access", "0002_scope"), ("seals", "0001_initial")]

    operations = [
        ScopeTable("seals_officialseal", area="area"),
        ScopeTable("seals_sealrequest", area="area"),
        ScopeTable("seals_sealhandover", through="seals.OfficialSeal", column="seal_id"),
        ScopeTable("seals_stamping", through="seals.OfficialSeal", column="seal_id"),
    ]
