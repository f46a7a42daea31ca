"""She takes back that another organisation sees her: it is closed in the same transaction, whoever writes the withdrawal down.

Neither her own page nor a window reaches a patient of an organisation. So the owner's function closes and tells nothing: neither
whether there was anything nor with whom.
"""

from django.db import migrations

_CLOSE = """
CREATE FUNCTION providers_close_to_others(people uuid[], moment timestamptz, reason text, who text)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    WITH live AS (
        SELECT referral.id FROM providers_referral AS referral
        JOIN providers_patient AS patient ON patient.id = referral.patient_id
        WHERE patient.person = ANY (people) AND referral.state IN ('offered', 'accepted')
        FOR UPDATE OF referral
    ), closed AS (
        DELETE FROM providers_opening WHERE referral_id IN (SELECT id FROM live)
    )
    UPDATE providers_referral
    SET state = CASE state WHEN 'offered' THEN 'withdrawn' ELSE 'ended' END,
        why = reason, ended_at = moment, ended_by_name = who
    WHERE id IN (SELECT id FROM live)
$$;
REVOKE ALL ON FUNCTION providers_close_to_others(uuid[], timestamptz, text, text) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("providers", "0004_patients_end_with_a_death")]

    operations = [
        migrations.RunSQL(_CLOSE, "DROP FUNCTION providers_close_to_others(uuid[], timestamptz, text, text)")
    ]
