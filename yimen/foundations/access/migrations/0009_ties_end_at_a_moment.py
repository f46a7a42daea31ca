"""A tie may end within a day, at a moment of the database's clock (紧急查阅). The policies ask for it in the same index."""

from django.db import migrations, models

FORWARD = r"""
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

BACKWARD = r"""
CREATE OR REPLACE FUNCTION access_ties() RETURNS SETOF uuid LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT tie.subject
    FROM access_tie AS tie
    WHERE tie.account_id = (SELECT access_account())
      AND tie.since <= (SELECT access_today())
      AND (tie.until IS NULL OR tie.until > (SELECT access_today()));
END;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0008_outside_names")]

    operations = [
        migrations.AddField("tie", "until_at", models.DateTimeField(null=True, verbose_name="至（时刻）")),
        migrations.RemoveIndex("tie", "access_tie_reach"),
        migrations.AddIndex(
            "tie",
            models.Index(
                fields=["account", "subject"],
                include=("since", "until", "until_at"),
                name="access_tie_reach",
            ),
        ),
        migrations.AddConstraint(
            "tie",
            models.CheckConstraint(
                condition=models.Q(until_at=None) | models.Q(until__isnull=False),
                name="access_tie_moment_within_days",
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
