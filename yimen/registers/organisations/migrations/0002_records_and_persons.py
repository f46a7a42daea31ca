"""What is on file about organisations, who stands for them, and whose rows of it one sees."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models

import yimen.foundations.bus.fields
import yimen.kernel.ids
from yimen.foundations.access.fields import ScopeTable


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0007_deputies"),
        ("organisations", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="address",
            field=models.CharField(blank=True, max_length=120, verbose_name="地址"),
        ),
        migrations.AddField(
            model_name="organisation",
            name="duty",
            field=models.CharField(blank=True, max_length=300, verbose_name="职责"),
        ),
        migrations.AddField(
            model_name="organisation",
            name="field",
            field=models.CharField(blank=True, max_length=20, verbose_name="领域"),
        ),
        migrations.AddField(
            model_name="organisation",
            name="tier",
            field=models.CharField(
                blank=True,
                choices=[("registered", "民政登记"), ("filed", "街道备案"), ("guided", "社区指导")],
                max_length=12,
                verbose_name="管理方式",
            ),
        ),
        migrations.AlterField(
            model_name="organisation",
            name="kind",
            field=models.CharField(
                choices=[
                    ("street_office", "街道办事处"),
                    ("section", "科室"),
                    ("committee", "居民（村民）委员会"),
                    ("health_centre", "社区卫生服务中心"),
                    ("clinic", "卫生站、诊所"),
                    ("school", "学校、幼儿园"),
                    ("institution", "事业单位"),
                    ("federation", "群团组织"),
                    ("social", "社会组织"),
                    ("group", "服务小组"),
                    ("company", "企业"),
                ],
                max_length=16,
                verbose_name="类别",
            ),
        ),
        migrations.CreateModel(
            name="CommitteeTerm",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(default=yimen.kernel.ids.uuid7, editable=False, unique=True)),
                ("since", models.DateField(verbose_name="起")),
                ("until", models.DateField(blank=True, null=True, verbose_name="止")),
                ("number", models.PositiveSmallIntegerField(verbose_name="第几届")),
                ("seats", models.PositiveSmallIntegerField(verbose_name="应有人数")),
                ("basis", models.CharField(max_length=120, verbose_name="怎样产生")),
                ("noted_at", models.DateTimeField()),
                ("noted_by", yimen.foundations.bus.fields.ActorField(max_length=80)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="terms",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "届次",
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(default=yimen.kernel.ids.uuid7, editable=False, unique=True)),
                ("since", models.DateField(verbose_name="起")),
                ("until", models.DateField(blank=True, null=True, verbose_name="止")),
                ("network", models.CharField(blank=True, max_length=30, verbose_name="服务网络")),
                ("name", models.CharField(max_length=40, verbose_name="姓名")),
                ("phone", models.CharField(max_length=30, verbose_name="工作电话")),
                ("duty", models.CharField(max_length=120, verbose_name="负责什么")),
                ("noted_at", models.DateTimeField()),
                ("noted_by", yimen.foundations.bus.fields.ActorField(max_length=80)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "联系人",
            },
        ),
        migrations.CreateModel(
            name="Credential",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(default=yimen.kernel.ids.uuid7, editable=False, unique=True)),
                ("since", models.DateField(verbose_name="起")),
                ("until", models.DateField(blank=True, null=True, verbose_name="止")),
                (
                    "area",
                    yimen.foundations.bus.fields.AreaField(
                        db_collation="C", max_length=15, verbose_name="所在区域"
                    ),
                ),
                ("noted_at", models.DateTimeField()),
                ("noted_by", yimen.foundations.bus.fields.ActorField(max_length=80)),
                ("kind", models.CharField(max_length=30, verbose_name="证照")),
                ("number", models.CharField(blank=True, max_length=60, verbose_name="编号")),
                ("extent", models.CharField(blank=True, max_length=200, verbose_name="范围或等级")),
                ("issuer", models.CharField(blank=True, max_length=80, verbose_name="发证机关")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "证照",
            },
        ),
        migrations.CreateModel(
            name="Inspection",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(default=yimen.kernel.ids.uuid7, editable=False, unique=True)),
                (
                    "area",
                    yimen.foundations.bus.fields.AreaField(
                        db_collation="C", max_length=15, verbose_name="所在区域"
                    ),
                ),
                ("noted_at", models.DateTimeField()),
                ("noted_by", yimen.foundations.bus.fields.ActorField(max_length=80)),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("passed", "合格"),
                            ("barely", "基本合格"),
                            ("failed", "不合格"),
                            ("absent", "未参加"),
                        ],
                        max_length=8,
                        verbose_name="结论",
                    ),
                ),
                ("done_on", models.DateField(verbose_name="日期")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "年检",
            },
        ),
        migrations.CreateModel(
            name="Milestone",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(default=yimen.kernel.ids.uuid7, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("set_up", "设立"), ("converted", "改造"), ("closed", "撤销")],
                        max_length=12,
                        verbose_name="变更类别",
                    ),
                ),
                ("on", models.DateField(verbose_name="日期")),
                ("authority", models.CharField(blank=True, max_length=80, verbose_name="批准机关")),
                ("number", models.CharField(blank=True, max_length=60, verbose_name="批准文号")),
                ("approved_on", models.DateField(null=True, verbose_name="批准日期")),
                ("boundary", models.CharField(blank=True, max_length=300, verbose_name="四至范围")),
                ("official_code", models.CharField(blank=True, max_length=15, verbose_name="统计用区划代码")),
                ("households", models.PositiveIntegerField(null=True, verbose_name="户数")),
                ("why", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                ("noted_at", models.DateTimeField()),
                ("noted_by", yimen.foundations.bus.fields.ActorField(max_length=80)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="milestones",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="origins",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "变更记录",
            },
        ),
        migrations.CreateModel(
            name="Officer",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(default=yimen.kernel.ids.uuid7, editable=False, unique=True)),
                ("since", models.DateField(verbose_name="起")),
                ("until", models.DateField(blank=True, null=True, verbose_name="止")),
                (
                    "area",
                    yimen.foundations.bus.fields.AreaField(
                        db_collation="C", max_length=15, verbose_name="所在区域"
                    ),
                ),
                ("noted_at", models.DateTimeField()),
                ("noted_by", yimen.foundations.bus.fields.ActorField(max_length=80)),
                ("office", models.CharField(max_length=40, verbose_name="职务")),
                ("name", models.CharField(max_length=80, verbose_name="姓名")),
                ("person", models.UUIDField(null=True, verbose_name="居民档案")),
                ("ended_why", models.CharField(blank=True, max_length=120, verbose_name="离任原因")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "term",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="officers",
                        to="organisations.committeeterm",
                    ),
                ),
            ],
            options={
                "verbose_name": "职务",
            },
        ),
        migrations.CreateModel(
            name="Responsibility",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(default=yimen.kernel.ids.uuid7, editable=False, unique=True)),
                ("since", models.DateField(verbose_name="起")),
                ("until", models.DateField(blank=True, null=True, verbose_name="止")),
                ("task", models.CharField(max_length=120, verbose_name="负责事项")),
                ("noted_at", models.DateTimeField()),
                ("noted_by", yimen.foundations.bus.fields.ActorField(max_length=80)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.account"
                    ),
                ),
                (
                    "deputy",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.account",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="responsibilities",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "分工",
            },
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(default=yimen.kernel.ids.uuid7, editable=False, unique=True)),
                ("since", models.DateField(verbose_name="起")),
                ("until", models.DateField(blank=True, null=True, verbose_name="止")),
                (
                    "area",
                    yimen.foundations.bus.fields.AreaField(
                        db_collation="C", max_length=15, verbose_name="所在区域"
                    ),
                ),
                ("noted_at", models.DateTimeField()),
                ("noted_by", yimen.foundations.bus.fields.ActorField(max_length=80)),
                ("title", models.CharField(max_length=80, verbose_name="协议名称")),
                ("number", models.CharField(blank=True, max_length=60, verbose_name="编号")),
                ("partner", models.CharField(max_length=80, verbose_name="另一方")),
                ("content", models.CharField(max_length=500, verbose_name="约定内容")),
                ("ended_why", models.CharField(blank=True, max_length=200, verbose_name="终止原因")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "协议",
                "indexes": [models.Index(fields=["area", "until"], name="organisations_agreement_ends")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                        ),
                        name="organisations_agreement_forwards",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="committeeterm",
            constraint=models.UniqueConstraint(
                fields=("organisation", "number"), name="organisations_term_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="committeeterm",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (
                        models.Func(
                            models.F("organisation"),
                            models.F("organisation"),
                            models.Value("[]"),
                            function="int8range",
                            output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                        ),
                        "&&",
                    ),
                    (
                        models.Func(
                            models.F("since"),
                            models.F("until"),
                            models.Value("[)"),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="organisations_term_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="committeeterm",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__gte", 1)), name="organisations_term_has_seats"
            ),
        ),
        migrations.AddConstraint(
            model_name="committeeterm",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                ),
                name="organisations_term_forwards",
            ),
        ),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(fields=["organisation", "since"], name="organisations_contacts"),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                ),
                name="organisations_contact_forwards",
            ),
        ),
        migrations.AddIndex(
            model_name="credential",
            index=models.Index(fields=["area", "until"], name="organisations_credential_ends"),
        ),
        migrations.AddConstraint(
            model_name="credential",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (
                        models.Func(
                            models.F("organisation"),
                            models.F("organisation"),
                            models.Value("[]"),
                            function="int8range",
                            output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                        ),
                        "&&",
                    ),
                    (
                        models.Func(
                            models.Func(
                                models.F("kind"),
                                models.Value(0),
                                function="hashtextextended",
                                output_field=models.BigIntegerField(),
                            ),
                            models.Func(
                                models.F("kind"),
                                models.Value(0),
                                function="hashtextextended",
                                output_field=models.BigIntegerField(),
                            ),
                            models.Value("[]"),
                            function="int8range",
                            output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                        ),
                        "&&",
                    ),
                    (
                        models.Func(
                            models.F("since"),
                            models.F("until"),
                            models.Value("[)"),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="organisations_credential_one_of_a_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="credential",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                ),
                name="organisations_credential_forwards",
            ),
        ),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=models.UniqueConstraint(
                fields=("organisation", "year"), name="organisations_inspected_once"
            ),
        ),
        migrations.AddIndex(
            model_name="milestone",
            index=models.Index(fields=["organisation", "on", "id"], name="organisations_milestones"),
        ),
        migrations.AddConstraint(
            model_name="milestone",
            constraint=models.CheckConstraint(
                condition=models.Q(("successor__isnull", True), ("kind", "converted"), _connector="OR"),
                name="organisations_milestone_leads_on",
            ),
        ),
        migrations.AddIndex(
            model_name="officer",
            index=models.Index(fields=["organisation", "since"], name="organisations_officers"),
        ),
        migrations.AddIndex(
            model_name="officer",
            index=models.Index(fields=["person"], name="organisations_officer_person"),
        ),
        migrations.AddConstraint(
            model_name="officer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                ),
                name="organisations_officer_forwards",
            ),
        ),
        migrations.AddIndex(
            model_name="responsibility",
            index=models.Index(fields=["organisation", "since"], name="organisations_duties"),
        ),
        migrations.AddConstraint(
            model_name="responsibility",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                ),
                name="organisations_responsibility_forwards",
            ),
        ),
        migrations.AddConstraint(
            model_name="responsibility",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("deputy__isnull", True),
                    models.Q(("deputy", models.F("account")), _negated=True),
                    _connector="OR",
                ),
                name="organisations_responsibility_two_people",
            ),
        ),
        ScopeTable("organisations_credential", area="area"),
        ScopeTable("organisations_agreement", area="area"),
        ScopeTable("organisations_inspection", area="area"),
        ScopeTable("organisations_officer", area="area"),
    ]
