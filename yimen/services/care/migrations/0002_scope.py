"""Row-level security of care data: consents and records by their area, or with their person."""

from django.db import migrations

from yimen.foundations.access.fields import ScopeTable

WITH_ITS_PERSON = {"area": "area", "through": "people.Person", "column": "person", "to": "public_id"}


class Migration(migrations.Migration):
    dependencies = [("access", "0002_scope"), ("people", "0002_scope"), ("care", "0001_initial")]

    operations = [
        ScopeTable("care_careconsent", **WITH_ITS_PERSON),
        ScopeTable("care_carerecord", **WITH_ITS_PERSON),
    ]
