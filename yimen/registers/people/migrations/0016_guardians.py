"""Why somebody answers for another one, until when, and errands by a proxy (监护、代办)."""

from django.db import migrations, models

_KINDS = [
    ("parent", "父母"),
    ("relative", "近亲属"),
    ("appointed", "指定监护"),
    ("agreed", "意定监护"),
    ("organisation", "居（村）委会或民政部门"),
    ("agent", "委托代办"),
]
_GROUNDS = [
    ("minor", "未满十八周岁"),
    ("incapable", "成年，无或限制民事行为能力"),
    ("entrusted", "本人委托"),
]


class Migration(migrations.Migration):
    dependencies = [("people", "0015_deaths")]

    operations = [
        migrations.AlterField(
            model_name="guardianship",
            name="kind",
            field=models.CharField(choices=_KINDS, max_length=12, verbose_name="监护依据"),
        ),
        migrations.AddField(
            model_name="guardianship",
            name="ground",
            field=models.CharField(choices=_GROUNDS, default="minor", max_length=12, verbose_name="为什么"),
        ),
        migrations.AddField(
            model_name="guardianship",
            name="ends_on",
            field=models.DateField(blank=True, null=True, verbose_name="到期日"),
        ),
        migrations.AddConstraint(
            model_name="guardianship",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True), ("ends_on__gt", models.F("since")), _connector="OR"
                ),
                name="people_guardianship_ends_later",
            ),
        ),
    ]
