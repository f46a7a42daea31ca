"""Trail rows that wait for their seal stand in a table of their own, so that sealing never reads the whole trail."""

import django.db.models.deletion
from django.db import migrations, models

# For each statement and not for each row: a batch of a thousand rows costs one insert more.
_QUEUE = """
CREATE FUNCTION audit_wait_for_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO public.audit_unsealed (row_id) SELECT id FROM fresh;
    RETURN NULL;
END
$$;
CREATE TRIGGER wait_for_seal AFTER INSERT ON audit_trailrow
REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION audit_wait_for_seal();
INSERT INTO audit_unsealed (row_id)
SELECT id FROM audit_trailrow AS row WHERE NOT EXISTS (SELECT 1 FROM audit_sealedrow AS sealed WHERE sealed.row_id = row.id);
"""
_NO_QUEUE = "DROP TRIGGER wait_for_seal ON audit_trailrow; DROP FUNCTION audit_wait_for_seal();"


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_trail_by_day")]

    operations = [
        migrations.CreateModel(
            name="Unsealed",
            fields=[
                (
                    "row",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="audit.trailrow",
                    ),
                ),
            ],
        ),
        migrations.RunSQL(_QUEUE, _NO_QUEUE),
    ]
