"""Whom somebody may be is answered from indexes and plans that are kept: of who was born on her day, only the street's."""

from django.db import migrations, models

_NEAR = """
CREATE OR REPLACE FUNCTION people_near(born date, streets text[], keys text[], forms text[], most integer)
RETURNS TABLE (id bigint, only_by_birth boolean, name text, other_names boolean)
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan
AS $$
BEGIN
    RETURN QUERY
    (SELECT person.id, true, person.name::text,
            EXISTS (SELECT 1 FROM people_formername AS former WHERE former.person_id = person.id)
     FROM people_person AS person WHERE person.birth_on = born{streets} LIMIT most)
    UNION (SELECT called.person_id, false, '', false FROM people_searchkey AS called
           WHERE called.street = ANY (streets) AND called.key = ANY (keys) LIMIT most)
    UNION (SELECT paper.person_id, false, '', false FROM people_persondocument AS paper
           WHERE paper.number_hash = ANY (forms) AND paper.until IS NULL);
END
$$;
"""
_OF_THE_STREET = _NEAR.format(streets=" AND person.street = ANY (streets)")
_OF_EVERY_STREET = _NEAR.format(streets="")

_ELSEWHERE = """
CREATE OR REPLACE FUNCTION people_known_elsewhere(names text[], born date)
RETURNS TABLE (public_id uuid, community text, numbered boolean)
LANGUAGE {kept} STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
{begin}
    SELECT person.public_id, person.community::text,
           EXISTS (SELECT 1 FROM people_persondocument AS paper
                   WHERE paper.person_id = person.id AND paper.kind = 'id_card' AND paper.until IS NULL)
    FROM people_person AS person
    WHERE person.birth_on = born AND person.name = ANY (names) AND person.merged_into_id IS NULL
    LIMIT 20{end}
$$;
"""
_BEARERS = """
CREATE OR REPLACE FUNCTION people_bearers(hashes text[])
RETURNS TABLE (kind text, number_hash text, public_id uuid, masked_name text, street text)
LANGUAGE {kept} STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
{begin}
    SELECT paper.kind::text, paper.number_hash::text, keeper.public_id,
           CASE WHEN length(keeper.name) <= 2 THEN left(keeper.name, 1) || '*'
                ELSE left(keeper.name, 1) || repeat('*', length(keeper.name) - 2) || right(keeper.name, 1) END,
           keeper.street::text
    FROM people_persondocument AS paper
    JOIN people_person AS bearer ON bearer.id = paper.person_id
    JOIN people_person AS keeper ON keeper.id = coalesce(bearer.merged_into_id, bearer.id)
    WHERE paper.number_hash = ANY (hashes) AND paper.until IS NULL{end}
$$;
"""
_KEPT = {
    "kept": "plpgsql SET plan_cache_mode = force_generic_plan",
    "begin": "BEGIN\n    RETURN QUERY",
    "end": ";\nEND",
}
_ANEW = {"kept": "sql", "begin": "", "end": ""}


class Migration(migrations.Migration):
    dependencies = [("people", "0007_residents_rights")]

    operations = [
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["birth_on", "street", "name"], name="people_person_born"),
        ),
        migrations.RemoveIndex(model_name="person", name="people_person_birth"),
        migrations.RunSQL(_OF_THE_STREET, _OF_EVERY_STREET),
        migrations.RunSQL(_ELSEWHERE.format(**_KEPT), _ELSEWHERE.format(**_ANEW)),
        migrations.RunSQL(_BEARERS.format(**_KEPT), _BEARERS.format(**_ANEW)),
    ]
