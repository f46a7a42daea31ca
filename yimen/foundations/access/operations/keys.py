"""Change of keys (密钥轮换): what an older key sealed is sealed again with the first one."""

from collections.abc import Iterator
from datetime import datetime

from django.apps import apps
from django.db.models import BinaryField, Func, Model, QuerySet, Value

from yimen.foundations.access.fields.sealed import EncryptedTextField, key_ring
from yimen.foundations.audit.api import operation, record_batch, unchanged
from yimen.kernel.actor import Actor, ActorKind
from yimen.kernel.refusals import NotAllowed


@operation("access.fields.resealed")
def reseal(*, by: Actor, at: datetime, limit: int = 500) -> int:
    """Seal at most ``limit`` values anew (重新加密); answers how many, 0 when nothing is left to do.

    What is left is read from the values themselves, so it may be stopped at any time and goes on where it was. Only a
    system actor with reach everywhere may do it: no person needs to see these rows for it.
    """
    if by.kind is not ActorKind.SYSTEM or by.reach != ("",):
        raise NotAllowed()
    done: list[dict[str, str]] = []
    for model, field in _sealed_fields(apps.get_models()):
        for row in _sealed_with_older_keys(model, field)[: limit - len(done)]:
            setattr(row, field.attname, getattr(row, field.attname))
            row.save(update_fields=[field.attname])
            done.append({"table": model._meta.db_table, "column": field.column, "row": str(row.public_id)})
    if done:
        record_batch(done, kind="sealed_field", area="", key=key_ring().current)
    else:
        unchanged()
    return len(done)


def _sealed_fields(models: list[type[Model]]) -> Iterator[tuple[type[Model], EncryptedTextField]]:
    for model in models:
        for field in model._meta.local_concrete_fields:
            if isinstance(field, EncryptedTextField):
                yield model, field


def _sealed_with_older_keys(model: type[Model], field: EncryptedTextField) -> QuerySet:
    # The second byte of a token is the number of its key; an empty text has no token.
    number = Func(field.attname, Value(2), Value(1), function="substr", output_field=BinaryField())
    rows = model._base_manager.annotate(key_number=number).select_for_update(of=("self",), skip_locked=True)
    return rows.exclude(key_number__in=(b"", bytes([key_ring().current]))).order_by("id")
