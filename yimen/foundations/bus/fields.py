"""What the models of all apps are built from: the abstract record and the columns that occur everywhere."""

from django.db import models

from yimen.kernel.ids import uuid7


class AreaField(models.CharField):
    """An area code (区域编码), compared byte by byte so that a prefix is a range."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 15)
        kwargs.setdefault("db_collation", "C")
        super().__init__(*args, **kwargs)


class ActorField(models.CharField):
    """The key of the actor who did it (经办人): ``account:<uuid>`` or ``system:<name>``."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 80)
        super().__init__(*args, **kwargs)


class Record(models.Model):
    """Every table of ours: ``id`` inside, ``public_id`` (UUIDv7) in addresses and between apps."""

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)

    class Meta:
        abstract = True
