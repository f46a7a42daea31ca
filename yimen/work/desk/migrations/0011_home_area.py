"""The applicant's own community sees how her case goes, wherever in the street she asked (一门受理)."""

from django.db import migrations

from yimen.foundations.access.fields import RescopeTable
from yimen.foundations.bus.fields import AreaField


class Migration(migrations.Migration):
    dependencies = [("desk", "0010_delegation")]

    operations = [
        migrations.AddField(
            model_name="case",
            name="home_area",
            field=AreaField(blank=True, default=""),
            preserve_default=False,
        ),
        RescopeTable(
            "desk_case",
            area=("area", "home_area"),
            subject=("public_id", "person"),
            was={"area": "area", "subject": ("public_id", "person")},
        ),
    ]
