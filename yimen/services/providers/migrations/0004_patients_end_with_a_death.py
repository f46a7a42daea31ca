"""A death ends whom an organisation cares for, which no job of the street reaches; and an error brings her back."""

from django.db import migrations, models

# No area opens a patient, not even to a job. So the database itself closes and reopens, and answers which rows, nothing of them.
_FUNCTIONS = """
CREATE FUNCTION providers_end_patients(hers uuid[], died date, moment timestamptz) RETURNS SETOF uuid
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    WITH ended AS (
        UPDATE providers_patient SET until = greatest(died, since), ended_why = '已去世', by_death = true
        WHERE person = ANY (hers) AND until IS NULL
        RETURNING id, public_id
    ), closed AS (
        UPDATE providers_referral
        SET state = 'ended', why = '已去世', ended_at = moment, ended_by_name = '', by_death = true
        WHERE patient_id IN (SELECT id FROM ended) AND state IN ('offered', 'accepted')
    ), shut AS (
        DELETE FROM providers_opening WHERE patient_id IN (SELECT id FROM ended)
    )
    SELECT public_id FROM ended
$$;
CREATE FUNCTION providers_resume_patients(hers uuid[], day date) RETURNS SETOF uuid
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    WITH resumed AS (
        UPDATE providers_patient AS one SET until = NULL, ended_why = '', by_death = false
        WHERE person = ANY (hers) AND by_death AND NOT EXISTS (
            SELECT 1 FROM providers_patient AS anew
            WHERE anew.unit = one.unit AND anew.person = one.person AND anew.until IS NULL
        )
        RETURNING id, public_id
    ), reopened AS (
        UPDATE providers_referral
        SET state = CASE WHEN answered_at IS NULL THEN 'offered' ELSE 'accepted' END,
            why = '', ended_at = NULL, ended_by_name = '', by_death = false
        WHERE patient_id IN (SELECT id FROM resumed) AND by_death
        RETURNING id, patient_id, source, target, until, state
    ), opened AS (
        INSERT INTO providers_opening (public_id, referral_id, patient_id, source, target, since, until)
        SELECT gen_random_uuid(), id, patient_id, source, target, day, until FROM reopened
        WHERE state = 'accepted' AND until > day
    )
    SELECT public_id FROM resumed
$$;
REVOKE ALL ON FUNCTION providers_end_patients(uuid[], date, timestamptz) FROM PUBLIC;
REVOKE ALL ON FUNCTION providers_resume_patients(uuid[], date) FROM PUBLIC;
"""
_NO_FUNCTIONS = """
DROP FUNCTION providers_resume_patients(uuid[], date);
DROP FUNCTION providers_end_patients(uuid[], date, timestamptz);
"""


def _by_death() -> models.BooleanField:
    return models.BooleanField(default=False, verbose_name="因去世结束")


class Migration(migrations.Migration):
    dependencies = [("providers", "0003_patients_and_referrals")]

    operations = [
        migrations.AddField(model_name="patient", name="by_death", field=_by_death()),
        migrations.AddField(model_name="referral", name="by_death", field=_by_death()),
        migrations.RunSQL(_FUNCTIONS, _NO_FUNCTIONS),
    ]
