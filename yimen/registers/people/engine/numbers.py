"""File numbers (档案号): street short code, running number, check digit; said aloud and typed at the window."""

from django.db import connection

from yimen.kernel.numbers import check_digit


def next_ids(count: int, table: str = "people_person") -> list[int]:
    """So many new row numbers, for people unless another ``table`` is told, from the table's own sequence."""
    with connection.cursor() as cursor:
        cursor.execute(
            # The name of the sequence is looked up once and not for each number.
            "WITH sequence AS MATERIALIZED (SELECT pg_get_serial_sequence(%s, 'id')::regclass AS named) "
            "SELECT nextval(named) FROM sequence, generate_series(1, %s)",
            [table, count],
        )
        return [row[0] for row in cursor.fetchall()]


def file_number(street: str, row_id: int) -> str:
    """The number of a file: '007000012345' and its check digit."""
    body = f"{street[-3:]}{row_id:09d}"
    return body + check_digit(body)
