from django.db import migrations

from yimen.foundations.access.fields import ScopeTable


class Migration(migrations.Migration):
    dependencies = [("access", "0002_scope"), ("forms", "0001_initial")]

    operations = [ScopeTable("forms_answersheet", area="area", subject="subject")]
