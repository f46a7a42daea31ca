"""The dated addresses as the proofs read them, in SQL: since when she lives in a street without a break (连续居住)."""

# A stay begins anew where the one before did not end on its day or lay in another street.
CHAINS = """
steps AS (
    SELECT person_id, since, until, area,
        (lag(until) OVER before IS DISTINCT FROM since
            OR left(lag(area) OVER before, 9) IS DISTINCT FROM left(area, 9))::int AS anew
    FROM people_residence WHERE kind = 'lives'
    WINDOW before AS (PARTITION BY person_id ORDER BY since)
), chains AS (
    SELECT *, sum(anew) OVER (PARTITION BY person_id ORDER BY since) AS chain FROM steps
), lives AS (
    SELECT person_id, since, until, area, min(since) OVER (PARTITION BY person_id, chain) AS chain_since FROM chains
)
"""
