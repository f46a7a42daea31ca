"""Row-level security of the desk: a case by the area of its window, or a tie to it or its person; the rest through it."""

from django.db import migrations

from yimen.foundations.access.fields import ScopeTable

_OF_CASE = {"through": "desk.Case", "column": "case_id"}


class Migration(migrations.Migration):
    dependencies = [("access", "0002_scope"), ("desk", "0001_initial")]

    operations = [
        # Case numbers need not be gapless, so a sequence serves and nobody waits; it begins anew after 999,999.
        migrations.RunSQL(
            "CREATE SEQUENCE desk_case_number MINVALUE 1 MAXVALUE 999999 CYCLE",
            "DROP SEQUENCE desk_case_number",
        ),
        ScopeTable("desk_case", area="area", subject=("public_id", "person")),
        ScopeTable("desk_casepaper", **_OF_CASE),
        ScopeTable("desk_casestep", **_OF_CASE),
        ScopeTable("desk_casepause", **_OF_CASE),
        ScopeTable("desk_decision", **_OF_CASE),
        ScopeTable("desk_delivery", **_OF_CASE),
        ScopeTable("desk_ratingslip", **_OF_CASE),
        ScopeTable("desk_rating", area="area"),
        ScopeTable("desk_spotcheck", **_OF_CASE),
        ScopeTable("desk_followup", area="area"),
    ]
