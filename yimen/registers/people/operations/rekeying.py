"""Change of the index key (换索引密钥): numbers and telephones get hashes of the new key, while people work."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from yimen.foundations.access.fields import index_keys
from yimen.foundations.access.ports import Portion
from yimen.foundations.audit.api import operation, record_batch, unchanged
from yimen.kernel.actor import Actor, ActorKind
from yimen.kernel.refusals import NotAllowed
from yimen.registers.people.engine.hashes import number_hash, tail_hash
from yimen.registers.people.engine.truths import snapshots_of
from yimen.registers.people.models import Person, PersonDocument
from yimen.registers.people.operations.rows import BATCH, write_keys_anew

# A file goes together with those that were put into it: the kept one is found by their numbers, too.
_NEXT = """
SELECT DISTINCT COALESCE(held.merged_into_id, held.id) FROM people_person held
WHERE COALESCE(held.merged_into_id, held.id) > %(after)s AND (
  EXISTS (SELECT 1 FROM people_persondocument d WHERE d.person_id = held.id AND left(d.number_hash, 2) <> %(now)s)
  OR EXISTS (SELECT 1 FROM people_searchkey k WHERE k.person_id = held.id
             AND left(k.key, 1) IN ('d', 'l', 't') AND substr(k.key, 2, 2) <> %(now)s))
ORDER BY 1 LIMIT %(limit)s
"""


@operation("people.index.rebuilt")
def rebuild_index(*, by: Actor, at: datetime, after: int, limit: int) -> Portion:
    """Make the hashes of the papers and telephones of some files again (重做摘要); read from the rows what is left to do.

    Files that somebody is working on are left for the next walk. A number that another living file bears under the new key
    already is left as it is, and said.
    """
    if by.kind is not ActorKind.SYSTEM or by.reach != ("",):
        raise NotAllowed()
    roots = _asked(_NEXT, after=after, limit=limit)
    if not roots:
        unchanged()
        return Portion(0, None)
    families = Person.objects.filter(id__in=roots) | Person.objects.filter(merged_into__in=roots)
    everyone = dict(families.values_list("id", "merged_into"))
    held = {one.id: one for one in families.order_by("id").select_for_update(skip_locked=True, of=("self",))}
    busy = {everyone[each] or each for each in everyone if each not in held}
    people = [one for one in held.values() if (one.merged_into_id or one.id) not in busy]
    before = snapshots_of([one for one in people if not one.merged_into_id])
    stuck = _hash_papers(people)
    write_keys_anew(by=by, at=at, before=before, people=[one for one in people if one.id in before])
    if people:
        record_batch(
            [{"person": str(one.public_id)} for one in people],
            kind="person", area="", key=index_keys().current,
        )  # fmt: skip
    else:
        unchanged()
    return Portion(len(people), roots[-1], tuple(stuck))


def _hash_papers(people: Sequence[Person]) -> list[str]:
    papers = list(PersonDocument.objects.filter(person__in=people).order_by("id"))
    numbers = {one.id: one.person.number for one in papers}
    was = {one.id: one.number_hash for one in papers}
    for one in papers:
        one.number_hash, one.tail_hash = number_hash(one.number), tail_hash(one.number)
    living = PersonDocument.objects.filter(until=None, number_hash__in=[one.number_hash for one in papers])
    bears = {(hashed, kind): row for row, hashed, kind in living.values_list("id", "number_hash", "kind")}
    twice = Counter((one.number_hash, one.kind) for one in papers if one.until is None)
    stuck, done = [], []
    for one in papers:
        mark = (one.number_hash, one.kind)
        if one.until is None and (bears.get(mark, one.id) != one.id or twice[mark] > 1):
            stuck.append(
                f"档案号 {numbers[one.id]} 的{one.get_kind_display()}与另一份档案相同，请先核对并档。"
            )
        elif one.number_hash != was[one.id]:
            done.append(one)
    PersonDocument.objects.bulk_update(done, ["number_hash", "tail_hash"], batch_size=BATCH)
    return stuck


def _asked(statement: str, **told: object) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"now": f"{index_keys().current:02x}", **told})
        return [row[0] for row in cursor.fetchall()]
