"""Periods are held apart as boxes instead of ranges (期间不重叠): rows come in by the million, and a box costs a sixth."""

import django.contrib.postgres.constraints
from django.db import migrations, models

import yimen.registers.places.fields


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0012_saved_filters"),
        ("places", "0007_rooms"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="membership",
            name="people_membership_one_household",
        ),
        migrations.RemoveConstraint(
            model_name="membership",
            name="people_membership_one_householder",
        ),
        migrations.RemoveConstraint(
            model_name="residence",
            name="people_residence_lives_once",
        ),
        migrations.RemoveConstraint(
            model_name="residence",
            name="people_residence_hukou_once",
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[(yimen.registers.places.fields.PeriodBox("person"), "&&")],
                name="people_membership_one_household",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("role", "02")),
                expressions=[(yimen.registers.places.fields.PeriodBox("household"), "&&")],
                name="people_membership_one_householder",
            ),
        ),
        migrations.AddConstraint(
            model_name="residence",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("kind", "lives")),
                expressions=[(yimen.registers.places.fields.PeriodBox("person"), "&&")],
                name="people_residence_lives_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="residence",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("kind", "hukou")),
                expressions=[(yimen.registers.places.fields.PeriodBox("person"), "&&")],
                name="people_residence_hukou_once",
            ),
        ),
    ]
