"""What an older index key has made and nobody has made again yet (旧摘要)."""

from django.db import connection

_LEFT = """
SELECT (SELECT count(*) FROM people_persondocument WHERE left(number_hash, 2) <> %(now)s)
     + (SELECT count(*) FROM people_searchkey WHERE left(key, 1) IN ('d', 'l', 't') AND substr(key, 2, 2) <> %(now)s)
"""


def left_to_rebuild(now: str) -> int:
    """How many hashes of papers and telephones do not begin with the number of today's key (旧摘要)."""
    with connection.cursor() as cursor:
        cursor.execute(_LEFT, {"now": now})
        return cursor.fetchone()[0]
