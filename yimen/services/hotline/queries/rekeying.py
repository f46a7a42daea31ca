"""What an older index key has made (旧摘要): numbers can be made again, words of receipt cannot."""

from django.db.models import Q, QuerySet

from yimen.services.hotline.models import Call


def numbers_left(now: str) -> QuerySet[Call]:
    """The calls whose number is found by an older key (旧摘要)."""
    return Call.objects.exclude(Q(phone_hash="") | Q(phone_hash__startswith=now))


def words_left(now: str) -> int:
    """How many messages have a word of receipt of an older key (旧查询码)."""
    return Call.objects.exclude(Q(word_hash="") | Q(word_hash__startswith=now)).count()
