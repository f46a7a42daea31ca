"""Row-level security of the queue: by the area of its hall."""

from django.db import migrations

from yimen.foundations.access.fields import ScopeTable


class Migration(migrations.Migration):
    dependencies = [("access", "0002_scope"), ("bookings", "0001_initial")]

    operations = [
        ScopeTable("bookings_hall", area="area"),
        ScopeTable("bookings_daynumbers", area="area"),
        ScopeTable("bookings_ticket", area="area"),
    ]
