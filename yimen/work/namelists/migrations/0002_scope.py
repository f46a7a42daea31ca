"""Row-level security of namelists: by area; whoever has a row of a list in her area sees the list too."""

from django.db import migrations

from yimen.foundations.access.fields import ScopeTable


class Migration(migrations.Migration):
    dependencies = [("access", "0002_scope"), ("namelists", "0001_initial")]

    operations = [
        ScopeTable("namelists_listrow", area="area"),
        ScopeTable("namelists_rowdeed", area="area"),
        ScopeTable(
            "namelists_namelist", area="area", through="namelists.ListRow", column="id", to="name_list_id"
        ),
    ]
