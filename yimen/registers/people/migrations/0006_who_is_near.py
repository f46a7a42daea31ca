"""Whom somebody may be, by number, telephone, name or birth: candidates from a plan that is kept, within reach as ever."""

from django.db import migrations

# The plan is made once per connection: under row-level security making it costs ten times what running it does.
_NEAR = """
CREATE FUNCTION people_near(born date, streets text[], keys text[], forms text[], most integer)
RETURNS TABLE (id bigint, only_by_birth boolean, name text, other_names boolean)
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan
AS $$
BEGIN
    RETURN QUERY
    (SELECT person.id, true, person.name::text,
            EXISTS (SELECT 1 FROM people_formername AS former WHERE former.person_id = person.id)
     FROM people_person AS person WHERE person.birth_on = born LIMIT most)
    UNION (SELECT called.person_id, false, '', false FROM people_searchkey AS called
           WHERE called.street = ANY (streets) AND called.key = ANY (keys) LIMIT most)
    UNION (SELECT paper.person_id, false, '', false FROM people_persondocument AS paper
           WHERE paper.number_hash = ANY (forms) AND paper.until IS NULL);
END
$$;
REVOKE ALL ON FUNCTION people_near(date, text[], text[], text[], integer) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0005_who_merged")]

    operations = [
        migrations.RunSQL(_NEAR, "DROP FUNCTION people_near(date, text[], text[], text[], integer)"),
    ]
