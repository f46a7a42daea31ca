"""The ties of who acts are asked by a function that the planner does not look into.

Until now PostgreSQL put its body, with three settings to read, into every policy of every table of a statement, and planning
took ten times as long as running (decision 2026-11-23-policies-that-plan-quickly). It answers the same rows, once per
statement and only when a row is not within the reach already.
"""

from django.db import migrations

FORWARD = r"""
CREATE OR REPLACE FUNCTION access_ties() RETURNS SETOF uuid LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 10 AS $$
BEGIN
    RETURN QUERY
    SELECT tie.subject
    FROM public.access_tie AS tie
    WHERE tie.account_id = public.access_account()
      AND tie.since <= public.access_today()
      AND (tie.until IS NULL OR tie.until > public.access_today())
      AND (tie.until_at IS NULL OR tie.until_at > statement_timestamp());
END
$$;
"""

BACKWARD = r"""
CREATE OR REPLACE FUNCTION access_ties() RETURNS SETOF uuid LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT tie.subject
    FROM access_tie AS tie
    WHERE tie.account_id = (SELECT access_account())
      AND tie.since <= (SELECT access_today())
      AND (tie.until IS NULL OR tie.until > (SELECT access_today()))
      AND (tie.until_at IS NULL OR tie.until_at > statement_timestamp());
END;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0013_ties_to_units")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
