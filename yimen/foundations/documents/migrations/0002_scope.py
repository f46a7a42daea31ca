from django.db import migrations

from yimen.foundations.access.fields import ScopeTable


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial"), ("access", "0002_scope")]

    operations = [
        ScopeTable("documents_storedfile", area="area", subject="subject"),
        ScopeTable("documents_letter", area="area", subject="subject"),
        ScopeTable("documents_lettervoiding", through="documents.Letter", column="letter_id"),
    ]
