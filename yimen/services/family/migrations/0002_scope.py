"""Row-level security of family support: what was kept, by its community or with its person."""

from django.db import migrations

from yimen.foundations.access.fields import ScopeTable

WITH_ITS_PERSON = {"area": "area", "through": "people.Person", "column": "person", "to": "public_id"}


class Migration(migrations.Migration):
    dependencies = [("access", "0002_scope"), ("people", "0002_scope"), ("family", "0001_initial")]

    operations = [
        ScopeTable("family_registration", **WITH_ITS_PERSON),
        ScopeTable("family_onechildcertificate", **WITH_ITS_PERSON),
    ]
