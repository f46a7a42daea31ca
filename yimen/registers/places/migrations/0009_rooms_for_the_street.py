"""Rooms are shared: who works in a street sees and books what is kept in it (同街道预约)."""

from django.db import migrations

_STREET = """
CREATE POLICY of_the_street ON places_sitebooking
USING (area::text ^@ ANY (ARRAY(SELECT left(one, 9) FROM unnest((SELECT access_reach())::text[]) AS one)));
"""


class Migration(migrations.Migration):
    dependencies = [("places", "0008_outlines_and_checks")]

    operations = [migrations.RunSQL(_STREET, "DROP POLICY of_the_street ON places_sitebooking")]
