from django.db import migrations

from yimen.foundations.access.fields import ScopeTable


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial"), ("access", "0002_scope")]

    operations = [ScopeTable("places_dwelling", area="area")]
