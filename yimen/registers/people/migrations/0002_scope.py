"""Row scope of people, and the one question that may be asked beyond it."""

from django.db import migrations

from yimen.foundations.access.fields import ScopeTable

_OF_PERSON = {"through": "people.Person", "column": "person_id"}

# Figures are seen within reach. They may be added to beyond it: who moves here from another street is counted off there.
_FIGURES = """
CREATE POLICY added ON people_populationdelta FOR INSERT WITH CHECK (true);
"""

# A household is seen with any member who is: a resident by her tie, a patient by her doctor.
_HOUSEHOLD = """
CREATE POLICY seen_with_member ON people_household FOR SELECT
USING (EXISTS (SELECT 1 FROM people_membership AS seat WHERE seat.household_id = people_household.id));
"""

# Row-level security hides a stranger's file. A complete number is the one thing that finds it, and then only so much:
# which file, a masked name, which street. The hash is keyed, so nobody can ask who does not know the number.
_BEARERS = """
CREATE FUNCTION people_bearers(hashes text[])
RETURNS TABLE (kind text, number_hash text, public_id uuid, masked_name text, street text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    SELECT paper.kind, paper.number_hash, keeper.public_id,
           CASE WHEN length(keeper.name) <= 2 THEN left(keeper.name, 1) || '*'
                ELSE left(keeper.name, 1) || repeat('*', length(keeper.name) - 2) || right(keeper.name, 1) END,
           keeper.street
    FROM people_persondocument AS paper
    JOIN people_person AS bearer ON bearer.id = paper.person_id
    JOIN people_person AS keeper ON keeper.id = coalesce(bearer.merged_into_id, bearer.id)
    WHERE paper.number_hash = ANY (hashes) AND paper.until IS NULL
$$;
REVOKE ALL ON FUNCTION people_bearers(text[]) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("access", "0002_scope"), ("places", "0002_scope")]

    operations = [
        ScopeTable("people_person", area="area", subject="public_id"),
        ScopeTable("people_formername", **_OF_PERSON),
        ScopeTable("people_persondocument", **_OF_PERSON),
        ScopeTable("people_residence", **_OF_PERSON),
        ScopeTable("people_household", area="area"),
        ScopeTable("people_membership", **_OF_PERSON),
        ScopeTable("people_alias", **_OF_PERSON),
        ScopeTable("people_guardianship", **_OF_PERSON),
        ScopeTable("people_reachway", **_OF_PERSON),
        ScopeTable("people_accountperson", **_OF_PERSON),
        ScopeTable("people_searchkey", area="area", **_OF_PERSON),
        ScopeTable("people_populationdelta", area="area"),
        ScopeTable("people_populationtally", area="area"),
        migrations.RunSQL(_FIGURES, "DROP POLICY added ON people_populationdelta"),
        migrations.RunSQL(_HOUSEHOLD, "DROP POLICY seen_with_member ON people_household"),
        migrations.RunSQL(_BEARERS, "DROP FUNCTION people_bearers(text[])"),
    ]
