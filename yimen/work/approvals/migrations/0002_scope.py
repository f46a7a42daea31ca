"""Row-level security of approvals: a submission by its area, all else with it."""

from django.db import migrations

from yimen.foundations.access.fields import ScopeTable

_WITH_IT = {"through": "approvals.Submission", "column": "submission_id"}


class Migration(migrations.Migration):
    dependencies = [("access", "0002_scope"), ("approvals", "0001_initial")]

    operations = [
        ScopeTable("approvals_submission", area="area"),
        ScopeTable("approvals_sending", **_WITH_IT),
        ScopeTable("approvals_seat", **_WITH_IT),
        ScopeTable("approvals_signature", **_WITH_IT),
    ]
