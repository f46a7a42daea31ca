"""Row-level security of admission: a demand by its street, and for a community by its own line."""

from django.db import migrations

from yimen.foundations.access.fields import ScopeTable


class Migration(migrations.Migration):
    dependencies = [("access", "0002_scope"), ("workload", "0001_initial")]

    operations = [
        ScopeTable("workload_demandplace", area="area"),
        ScopeTable(
            "workload_demand", area="area", through="workload.DemandPlace", column="id", to="demand_id"
        ),
    ]
