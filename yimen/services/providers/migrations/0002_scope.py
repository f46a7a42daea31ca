from django.db import migrations

from yimen.foundations.access.fields import ScopeTable


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0002_scope"),
        ("organisations", "0004_seen_by_the_organisation"),
        ("providers", "0001_initial"),
    ]

    operations = [
        ScopeTable("providers_agreedwork", through="organisations.Agreement", column="agreement_id"),
        ScopeTable("providers_submission", area="area", subject="unit"),
    ]
