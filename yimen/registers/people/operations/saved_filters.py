"""Keep, rename and drop filters of the residents' list (常用筛选)."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from yimen.foundations.audit.api import operation, record, unchanged
from yimen.kernel.actor import Actor
from yimen.kernel.areas import street_of
from yimen.kernel.refusals import NotPossible
from yimen.kernel.text import clean_line
from yimen.registers.people.models import SavedFilter
from yimen.registers.people.permissions import VIEW_FILE
from yimen.registers.people.queries.saved_filters import NoSuchFilter, filters_for, may_drop, saved_filter
from yimen.registers.people.rules.saved_filters import why_not_save


class CannotSaveFilter(NotPossible):
    code = "people.cannot_save_filter"
    sentence = "{why}"


@operation("people.filter.saved")
def save_filter(
    *, by: Actor, at: datetime, name: str, conditions: Mapping[str, str], shared: bool = False
) -> SavedFilter:
    """Keep the conditions of the residents' list under a name (保存常用筛选), for oneself or for the street."""
    by.must(VIEW_FILE, area=by.home)
    street, name = street_of(by.home), clean_line(name)
    if by.account is None or not street:
        raise CannotSaveFilter(why="只有街道、社区的岗位可以保存常用筛选。")
    own = SavedFilter.objects.filter(account=by.account)
    names = list(own.values_list("name", flat=True))
    if why := why_not_save(name=name, conditions=conditions, own=len(names), taken=name in names):
        raise CannotSaveFilter(why=why)
    made = SavedFilter.objects.create(
        account=by.account,
        owner_name=by.name[:80],
        street=street,
        name=name,
        shared=shared,
        conditions=dict(conditions),
        saved_at=at,
    )
    record(made, kind="saved_filter", area=street, conditions=sorted(conditions), shared=shared)
    return made


@operation("people.filter.renamed")
def rename_filter(*, by: Actor, at: datetime, saved: UUID, name: str, shared: bool) -> SavedFilter:
    """Give one's own filter another name, share it or share it no more (改常用筛选)."""
    found, name = saved_filter(saved, by=by), clean_line(name)
    if (found.name, found.shared) == (name, shared):
        unchanged()
        return found
    taken = SavedFilter.objects.filter(account=by.account, name=name).exclude(id=found.id).exists()
    if why := why_not_save(name=name, conditions=found.conditions, own=0, taken=taken):
        raise CannotSaveFilter(why=why)
    found.name, found.shared = name, shared
    found.save(update_fields=["name", "shared"])
    record(found, kind="saved_filter", area=found.street, shared=shared)
    return found


@operation("people.filter.dropped")
def drop_filter(*, by: Actor, at: datetime, saved: UUID) -> None:
    """Drop a filter (删除常用筛选): one's own, or a shared one where one works for the whole street."""
    found = filters_for(by).filter(public_id=saved).first()
    if found is None or not may_drop(found, by=by):
        raise NoSuchFilter()
    record(found, kind="saved_filter", area=found.street, dropped=found.name)
    found.delete()
