from django.db import models

from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.privacy import Privacy, PrivacyClass


class Announcement(Record):
    """One event (事件) as it was told, written in the transaction of the deed that caused it."""

    privacy = Privacy(PrivacyClass.STAFF, keep="3 年", why="投递与追溯；只存编号和日期")
    append_only = True

    name = models.CharField(max_length=80)
    subject = models.UUIDField()
    area = AreaField()
    payload = models.JSONField()
    deed = models.UUIDField(null=True)
    told_by = ActorField()
    told_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["subject", "id"], name="announcement_subject")]

    def __str__(self):
        return f"{self.name} {self.subject}"


class Delivery(Record):
    """A handler has dealt with an event; the unique row makes it happen once, however often the job runs."""

    privacy = Privacy(PrivacyClass.STAFF, keep="3 年", why="防止重复投递")
    append_only = True

    announcement = models.ForeignKey(Announcement, on_delete=models.PROTECT, related_name="+")
    handler = models.CharField(max_length=120)
    delivered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["announcement", "handler"], name="delivery_once_per_handler")
        ]

    def __str__(self):
        return f"{self.handler} {self.announcement_id}"


class DailyRun(models.Model):
    """A daily job was begun for a day, and done (每日作业): what is missing between two days is made up for."""

    privacy = Privacy(PrivacyClass.OPEN, keep="一年", why="停机的日子补做，一天只做一次")

    id = models.BigAutoField(primary_key=True)
    job = models.CharField(max_length=80)
    day = models.DateField()
    begun_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "day"], name="dailyrun_once_a_day")]

    def __str__(self):
        return f"{self.job} {self.day}"
