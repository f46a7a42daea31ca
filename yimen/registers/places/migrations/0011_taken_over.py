"""Which ended communities the areas within reach took over, for row-level security of what was done there (区域承接)."""

from django.db import migrations

# The database's word for `engine.successions`: chains are followed to where they end, and a community that went to several is
# nobody's. Areas and their successions are public. As a function that no plan has to hold it costs one node in every
# statement of the ledger (decision 2026-11-23-policies-that-plan-quickly), and is asked when a row is beyond reach.
_TAKEN_OVER = """
CREATE FUNCTION places_taken_over() RETURNS text[] LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN (WITH RECURSIVE onward(old, at) AS (
        SELECT ended.code, step.new_id FROM public.places_areasuccession AS step
        JOIN public.places_area AS ended ON ended.id = step.old_id WHERE length(ended.code) = 12
        UNION
        SELECT onward.old, step.new_id FROM onward
        JOIN public.places_area AS between_two ON between_two.id = onward.at AND between_two.until IS NOT NULL
        JOIN public.places_areasuccession AS step ON step.old_id = between_two.id
    ),
    ends AS (
        SELECT onward.old, last.code FROM onward JOIN public.places_area AS last ON last.id = onward.at
        WHERE last.until IS NULL
           OR NOT EXISTS (SELECT FROM public.places_areasuccession AS further WHERE further.old_id = last.id)
    )
    SELECT array_agg(found.old) FROM (
        SELECT old FROM ends GROUP BY old
        HAVING count(*) = 1 AND bool_and(code ^@ ANY ((SELECT public.access_reach())::text[]))
    ) AS found);
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("places", "0010_split"), ("access", "0002_scope")]

    operations = [migrations.RunSQL(_TAKEN_OVER, "DROP FUNCTION places_taken_over()")]
