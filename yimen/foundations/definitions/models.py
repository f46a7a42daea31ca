from django.db import models

from yimen.foundations.bus.fields import ActorField, Record
from yimen.foundations.definitions.choices import OpenCases, Source
from yimen.kernel.privacy import Privacy, PrivacyClass


class Version(Record):
    """One version of one definition (定义版本), kept for good: an old case keeps the rules it was opened under."""

    privacy = Privacy(PrivacyClass.OPEN, keep="永久", why="历史办件要能查到当时的制度")
    append_only = True

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    version = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    body = models.JSONField()
    effective_on = models.DateField()
    source = models.CharField(max_length=10, choices=Source.choices)
    # False for a shipped change that arrived after the installation had published its own: kept to compare, not in force.
    stands = models.BooleanField(default=True)
    # True for the end of a definition: from its day on nothing of that name is in force (停用).
    ends = models.BooleanField(default=False)
    origin = models.CharField(max_length=300, blank=True)
    file_digest = models.CharField(max_length=64, blank=True)
    change = models.TextField(blank=True)
    open_cases = models.CharField(max_length=4, choices=OpenCases.choices, default=OpenCases.KEEP)
    pins = models.JSONField(default=list)
    examples = models.JSONField(default=list)
    made_by = ActorField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key", "version"], name="version_number_once"),
            models.UniqueConstraint(fields=["kind", "key", "digest"], name="version_digest_once"),
        ]

    def __str__(self):
        return f"{self.kind}/{self.key} 第 {self.version} 版"


class Generation(Record):
    """Something was published (定义换代). Hosts read only the newest id: one number tells whether to read again.

    Ids come from a sequence, which a rollback does not turn back, so a number never stands for two contents.
    """

    privacy = Privacy(PrivacyClass.OPEN, keep="永久", why="各主机据此得知定义已更新")
    append_only = True

    made_by = ActorField()
    made_at = models.DateTimeField()

    def __str__(self):
        return f"第 {self.pk} 代"
