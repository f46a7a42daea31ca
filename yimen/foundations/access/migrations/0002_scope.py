"""What the row-level security of every app asks: who acts, how far the actor reaches, what the actor is tied to.

The functions are plain SQL without side effects, so PostgreSQL puts their bodies into the query: the settings are read
once per statement and the ties through their index.
"""

from django.db import migrations

FORWARD = r"""
CREATE FUNCTION access_reach() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('yimen.reach', true), '')::text[];

CREATE FUNCTION access_account() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
RETURN substring(
    current_setting('yimen.actor', true) FROM '^account:([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$'
)::uuid;

CREATE FUNCTION access_today() RETURNS date LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('yimen.today', true), '')::date;

CREATE FUNCTION access_ties() RETURNS SETOF uuid LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT tie.subject
    FROM access_tie AS tie
    WHERE tie.account_id = (SELECT access_account())
      AND tie.since <= (SELECT access_today())
      AND (tie.until IS NULL OR tie.until > (SELECT access_today()));
END;
"""

BACKWARD = """
DROP FUNCTION access_ties();
DROP FUNCTION access_today();
DROP FUNCTION access_account();
DROP FUNCTION access_reach();
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
