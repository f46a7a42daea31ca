"""Why a community has to do with somebody who may live elsewhere (属地关系)."""

from django.db import models


class LocalTieKind(models.TextChoices):
    """What ties a resident to a community besides her home (属地关系)."""

    HUKOU = "hukou", "户籍"
    WORK = "work", "工作"
    SCHOOL = "school", "就学"


# Those that are entered by themselves; the hukou is an address and follows from it.
ENTERED = (LocalTieKind.WORK, LocalTieKind.SCHOOL)
