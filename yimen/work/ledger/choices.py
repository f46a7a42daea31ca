"""Enumerations of the ledger."""

from django.db import models


class SourceKind(models.TextChoices):
    """What an entry came from: one of the kinds of work, or nothing (随手记)."""

    CASE = "case", "办件"
    DUTY = "duty", "待办"
    GATHERING = "gathering", "活动"
    GRANT = "grant", "发放"
    DEMAND = "demand", "事项准入"
    INQUIRY = "inquiry", "咨询来电"
    IMPORT = "import", "导入"
    BOOKING = "booking", "预约"
    ALONE = "alone", "随手记"


# What workers write by hand; its words are for who may open the file.
WRITTEN = (SourceKind.ALONE, SourceKind.DUTY)


class Measure(models.TextChoices):
    """How entries are counted. Persons (人) and acts (件、人次) are different measures and never share a column."""

    ACTS = "acts", "件次"
    QUANTITY = "quantity", "数量"
    PERSONS = "persons", "人数"
