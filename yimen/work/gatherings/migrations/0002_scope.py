"""Row-level security of gatherings: by their area, and by ties to one of them, to its list, to one's own row as helper."""

from django.db import migrations

from yimen.foundations.access.fields import ScopeTable


class Migration(migrations.Migration):
    dependencies = [("access", "0003_ties_to_gatherings"), ("gatherings", "0001_initial")]

    operations = [
        ScopeTable("gatherings_series", area="area"),
        ScopeTable("gatherings_gathering", area="area", subject="public_id"),
        ScopeTable("gatherings_signup", area="area", subject="roster"),
        ScopeTable("gatherings_helper", area="area", subject=("roster", "public_id")),
    ]
