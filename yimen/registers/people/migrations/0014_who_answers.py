"""Which file answers for an id (并档), told beyond one's reach to whoever counts persons."""

from django.db import migrations

# Two ids of one resident must count as one person for every writer, also for one who does not reach the file that was kept.
# It tells an id for an id, and nothing of anybody.
_WHO = """
CREATE FUNCTION people_who(named uuid) RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
    RETURN coalesce(
        (SELECT keeper.public_id FROM people_person AS asked JOIN people_person AS keeper ON keeper.id = asked.merged_into_id
         WHERE asked.public_id = named),
        named
    );
END
$$;
REVOKE ALL ON FUNCTION people_who(uuid) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0013_one_at_a_time_by_boxes")]

    operations = [migrations.RunSQL(_WHO, "DROP FUNCTION people_who(uuid)")]
