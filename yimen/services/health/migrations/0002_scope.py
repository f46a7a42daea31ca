"""Row-level security of health services: contracts and passed offers by their area, or with their person."""

from django.db import migrations

from yimen.foundations.access.fields import ScopeTable

WITH_ITS_PERSON = {"area": "area", "through": "people.Person", "column": "person", "to": "public_id"}


class Migration(migrations.Migration):
    dependencies = [("access", "0002_scope"), ("people", "0002_scope"), ("health", "0001_initial")]

    operations = [
        ScopeTable("health_contract", **WITH_ITS_PERSON),
        ScopeTable("health_passedoffer", **WITH_ITS_PERSON),
    ]
