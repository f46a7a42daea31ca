"""An organisation's own accounts see its licences and agreements (本机构): its public id stands on them."""

from django.db import migrations, models

from yimen.foundations.access.fields import RescopeTable

_FILL = """
UPDATE organisations_{table} AS filed SET unit = found.public_id
FROM organisations_organisation AS found WHERE found.id = filed.organisation_id
"""  # nosec B608 - our own tables


def _seen_by_unit(name: str) -> list:
    table = f"organisations_{name}"
    return [
        migrations.AddField(name, "unit", models.UUIDField("单位", editable=False, null=True)),
        migrations.RunSQL(_FILL.format(table=name), migrations.RunSQL.noop),
        migrations.AlterField(name, "unit", models.UUIDField("单位", editable=False)),
        RescopeTable(table, was={"area": "area"}, area="area", subject="unit"),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0013_ties_to_units"),
        ("organisations", "0003_visits_agreed"),
    ]

    operations = [*_seen_by_unit("credential"), *_seen_by_unit("agreement")]
