"""Who serves at a site, how large it is, and for which hours a room is kept (人员、面积、用房预约)."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models

import yimen.foundations.bus.fields
import yimen.kernel.ids
from yimen.foundations.access.fields import ScopeTable


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0006_area_changes"),
    ]

    operations = [
        migrations.AddField(
            model_name="site",
            name="origin",
            field=models.CharField(blank=True, max_length=60, verbose_name="房屋来源"),
        ),
        migrations.AddField(
            model_name="site",
            name="size",
            field=models.PositiveIntegerField(null=True, verbose_name="面积（平方米）"),
        ),
        migrations.AlterField(
            model_name="site",
            name="kind",
            field=models.CharField(
                choices=[
                    ("street_centre", "街道便民服务中心"),
                    ("community_station", "社区服务站"),
                    ("service_point", "便民服务点"),
                    ("health", "社区卫生服务中心（站）"),
                    ("eldercare", "居家养老服务站"),
                    ("culture", "文化活动中心"),
                    ("service_room", "社区服务室"),
                    ("public_room", "公共用房"),
                    ("other", "其他"),
                ],
                max_length=20,
                verbose_name="类别",
            ),
        ),
        migrations.CreateModel(
            name="SiteBooking",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(default=yimen.kernel.ids.uuid7, editable=False, unique=True)),
                (
                    "area",
                    yimen.foundations.bus.fields.AreaField(
                        db_collation="C", max_length=15, verbose_name="服务区域"
                    ),
                ),
                ("day", models.DateField(verbose_name="日期")),
                ("begins", models.TimeField(verbose_name="开始")),
                ("ends", models.TimeField(verbose_name="结束")),
                ("purpose", models.CharField(max_length=60, verbose_name="做什么用")),
                ("booked_at", models.DateTimeField(verbose_name="登记时间")),
                ("booked_by", yimen.foundations.bus.fields.ActorField(max_length=80, verbose_name="登记人")),
                ("booked_by_name", models.CharField(max_length=80, verbose_name="登记人姓名")),
                ("cancelled_at", models.DateTimeField(null=True, verbose_name="取消时间")),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="bookings", to="places.site"
                    ),
                ),
            ],
            options={
                "verbose_name": "用房预约",
                "indexes": [models.Index(fields=["site", "day"], name="places_sitebooking_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends__gt", models.F("begins"))),
                        name="places_sitebooking_forwards",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("cancelled_at__isnull", True)),
                        expressions=[
                            (
                                models.Func(
                                    models.F("site"),
                                    models.F("site"),
                                    models.Value("[]"),
                                    function="int8range",
                                    output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    models.Func(
                                        models.F("begins"),
                                        output_field=models.DateTimeField(),
                                        template="(day + %(expressions)s)",
                                    ),
                                    models.Func(
                                        models.F("ends"),
                                        output_field=models.DateTimeField(),
                                        template="(day + %(expressions)s)",
                                    ),
                                    function="tsrange",
                                    output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="places_sitebooking_no_overlap",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SiteStaff",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(default=yimen.kernel.ids.uuid7, editable=False, unique=True)),
                ("since", models.DateField(verbose_name="起")),
                ("until", models.DateField(blank=True, null=True, verbose_name="止")),
                ("name", models.CharField(max_length=40, verbose_name="姓名")),
                ("duty", models.CharField(max_length=60, verbose_name="负责什么")),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="staff", to="places.site"
                    ),
                ),
            ],
            options={
                "verbose_name": "服务点人员",
                "indexes": [models.Index(fields=["site", "since"], name="places_sitestaff_site")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                        ),
                        name="places_sitestaff_holds_a_day",
                    )
                ],
            },
        ),
        ScopeTable("places_sitebooking", area="area"),
    ]
