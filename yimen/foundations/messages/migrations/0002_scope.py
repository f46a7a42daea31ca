from django.db import migrations

from yimen.foundations.access.fields import ScopeTable

# Whoever a message is addressed to reads it, also where the matter lies outside her areas.
OWN = """
CREATE POLICY messages_own ON yimen_messages_message FOR SELECT
    USING (addressee = (SELECT current_setting('yimen.actor', true)));
CREATE POLICY messages_own_read ON yimen_messages_message FOR UPDATE
    USING (addressee = (SELECT current_setting('yimen.actor', true)));
"""
DROP = """
DROP POLICY messages_own_read ON yimen_messages_message;
DROP POLICY messages_own ON yimen_messages_message;
"""


class Migration(migrations.Migration):
    dependencies = [("yimen_messages", "0001_initial"), ("access", "0002_scope")]

    operations = [
        ScopeTable("yimen_messages_message", area="area", subject="person"),
        migrations.RunSQL(OWN, DROP),
        ScopeTable("yimen_messages_calltask", area="area", subject="person"),
        ScopeTable("yimen_messages_calltry", through="yimen_messages.CallTask", column="task_id"),
    ]
