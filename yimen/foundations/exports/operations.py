"""Ask for a full export, decide, make its file, fetch it, and take it away (完整导出)."""

from datetime import datetime, timedelta
from uuid import UUID

from yimen.foundations.access.api import actor_of, holders_of
from yimen.foundations.access.ports import roles
from yimen.foundations.audit.api import operation, record, record_batch, unchanged
from yimen.foundations.bus.api import act_as, defer
from yimen.foundations.exports.choices import ExportState
from yimen.foundations.exports.engine import vault
from yimen.foundations.exports.engine.practice import practice
from yimen.foundations.exports.engine.sheets import columns_for, how_many, rows_for, write_sheet
from yimen.foundations.exports.models import FullExport
from yimen.foundations.exports.permissions import APPROVE_EXPORT, ASK_EXPORT
from yimen.foundations.exports.ports import sources
from yimen.foundations.exports.queries import NoExport, exports, find_source, get_export
from yimen.foundations.exports.rules import why_not_ask, why_not_decide, why_not_fetch
from yimen.foundations.messages.api import tell_account
from yimen.kernel.actor import Actor
from yimen.kernel.areas import lineage
from yimen.kernel.clock import day_of
from yimen.kernel.ids import uuid7
from yimen.kernel.refusals import Conflict, NotAllowed, NotFound, NotPossible, Refused
from yimen.kernel.text import clean_line

MAKE = "exports.make"
UNFINISHED = timedelta(hours=1)


class CannotExport(NotPossible):
    code = "exports.cannot_export"
    sentence = "{why}"


class AlreadyDecided(Conflict):
    code = "exports.already_decided"
    sentence = "{why}"


@operation("exports.export.asked")
def ask_export(
    *,
    by: Actor,
    at: datetime,
    source: str,
    conditions: dict[str, str],
    fields: list[str],
    receiver: str,
    purpose: str,
    hours: int,
    words: str = "",
) -> FullExport:
    """Ask for a list in full (申请完整导出): which columns, for whom, what for, and how long its file may lie here."""
    wanted = find_source(source, by=by)
    if wanted is None or not by.account:
        raise NotAllowed(permission=ASK_EXPORT, area=by.home)
    area = by.areas_for(ASK_EXPORT)[0]
    rule = practice(on=day_of(at))
    named, why = rule.purpose(purpose), clean_line(words)[:200]
    columns = [column for column in columns_for(wanted, by=by) if column.key in set(fields)]
    receiver = clean_line(receiver)[:80]
    if why_not := why_not_ask(
        fields=len(columns),
        receiver=receiver,
        purpose=named is not None,
        needs_words=bool(named and named.needs_words),
        words=why,
        lives=hours in rule.hours,
    ):
        raise CannotExport(why=why_not)
    rows = how_many(rows_for(wanted, conditions, by=by))
    if not rows:
        raise CannotExport(why="这个条件下没有记录，不用导出。")
    if rows > rule.most_rows:
        raise CannotExport(why=f"一次最多 {rule.most_rows} 行，请先用筛选条件缩小范围。")
    told = wanted.screen.told(conditions, by)
    public_id = uuid7()
    made = FullExport.objects.create(
        public_id=public_id,
        number=f"DC{day_of(at):%Y%m%d}-{public_id.hex[-8:].upper()}",
        list_key=source,
        list_title=wanted.screen.title,
        conditions=conditions,
        conditions_words=wanted.screen.remarks(told, by),
        fields=[column.key for column in columns],
        fields_words=[column.title for column in columns],
        private=any(column.private for column in columns),
        receiver=receiver,
        purpose=purpose,
        purpose_title=named.title,
        words=why,
        hours=hours,
        area=area,
        rows_asked=rows,
        account=by.account,
        asked_by=by.key,
        asked_by_name=by.name,
        asked_at=at,
    )
    record(
        made,
        kind="export",
        area=area,
        list=source,
        number=made.number,
        fields=made.fields,
        filters=wanted.screen.noted(told, by),
        receiver=receiver,
        purpose=purpose,
        count=rows,
    )
    _tell_approvers(made, by=by, at=at)
    return made


@operation("exports.export.approved")
def approve_export(*, by: Actor, at: datetime, export: UUID) -> FullExport:
    """Approve a full export (批准完整导出): once, and never one's own; the file is then made in the background."""
    found = _to_decide(export, by=by, at=at)
    found.state, found.expires_at = ExportState.MAKING, at + timedelta(hours=found.hours)
    _decided(found, by=by, at=at)
    defer(MAKE, export=str(found.public_id))
    return found


@operation("exports.export.refused")
def refuse_export(*, by: Actor, at: datetime, export: UUID, reason: str) -> FullExport:
    """Turn a full export down (不批准完整导出), with the reason that its asker reads."""
    found = _to_decide(export, by=by, at=at)
    told = clean_line(reason)[:200]
    if len(told) < 2:
        raise CannotExport(why="请写明为什么不批准。")
    found.state, found.reason = ExportState.REFUSED, told
    _decided(found, by=by, at=at)
    _tell_asker(found, f"完整导出没有批准：{found.list_title}", told, by=by, at=at)
    return found


@operation("exports.file.made")
def make_file(*, by: Actor, at: datetime, export: UUID) -> FullExport:
    """Make the file of an approved export (生成导出文件), with the eyes of who asked: she gets what she may see today.

    Run twice it is made once; what cannot be made says why to its asker.
    """
    found = FullExport.objects.within(by).select_for_update(of=("self",)).filter(public_id=export).first()
    if found is None or found.state != ExportState.MAKING:
        unchanged()
        return found
    found.made_at = at
    try:
        asker = actor_of(found.account, on=day_of(at))
        found.rows, found.size = _made(found, by=asker, at=at)
    except Refused as refused:
        found.state, found.made_at, found.reason = ExportState.FAILED, None, _why_failed(refused)[:200]
    else:
        found.state = ExportState.READY
    found.save()
    record(found, kind="export", area=found.area, state=str(found.state), count=found.rows, size=found.size)
    if found.state == ExportState.READY:
        _tell_asker(found, f"可以下载了：{found.list_title}", "", by=by, at=at)
    else:
        _tell_asker(found, f"完整导出没有生成：{found.list_title}", found.reason, by=by, at=at)
    return found


@operation("exports.file.fetched")
def fetch_file(*, by: Actor, at: datetime, export: UUID) -> FullExport:
    """Hand the file to who asked for it (下载导出文件), and to nobody else, as long as it lies here."""
    found = exports(by=by).select_for_update(of=("self",)).filter(public_id=export).first()
    if found is None:
        raise NoExport
    if found.asked_by != by.key:
        raise NotAllowed("只有申请人本人能下载。")
    why_not = why_not_fetch(state=found.state, asked_at=found.asked_at, expires_at=found.expires_at, at=at)
    if not why_not and not vault.is_there(found.public_id):
        why_not = "文件缺失，请重新申请。"
    if why_not:
        raise CannotExport(why=why_not)
    found.fetched += 1
    found.save(update_fields=["fetched"])
    record(found, kind="export", area=found.area, number=found.number, count=found.rows, times=found.fetched)
    return found


@operation("exports.exports.cancelled")
def cancel_exports_of(*, by: Actor, at: datetime, account: UUID) -> int:
    """Cancel what an account that was closed had asked for (取消导出), also a file that waits for it; answers how many.

    Only its asker may fetch a file, so nobody could.
    """
    rows = FullExport.objects.within(by).select_for_update(of=("self",)).filter(account=account)
    live = rows.filter(state__in=(ExportState.ASKED, ExportState.MAKING, ExportState.READY))
    cancelled = list(live.order_by("id"))
    for found in cancelled:
        vault.remove(found.public_id)
        found.state, found.reason = ExportState.CANCELLED, "申请人的账号已经停用。"
        if not found.decided_by:
            found.decided_by, found.decided_by_name, found.decided_at = by.key, "系统", at
        found.save()
        record(found, kind="export", area=found.area, number=found.number, state=str(found.state))
    if not cancelled:
        unchanged()
    return len(cancelled)


@operation("exports.files.removed")
def remove_expired(*, by: Actor, at: datetime) -> int:
    """Take away the files whose time is up (删除到期的导出文件), and what was never finished. Answers how many expired."""
    expired = list(
        FullExport.objects.within(by)
        .select_for_update(of=("self",))
        .filter(state=ExportState.READY, expires_at__lte=at)
    )
    for found in expired:
        vault.remove(found.public_id)
        found.state = ExportState.EXPIRED
        found.save(update_fields=["state"])
    live = FullExport.objects.within(by).filter(state__in=(ExportState.READY, ExportState.MAKING))
    vault.remove_all_but(set(live.values_list("public_id", flat=True)), before=at - UNFINISHED)
    if expired:
        record_batch([{"export": str(one.public_id)} for one in expired], kind="export", area="")
    else:
        unchanged()
    return len(expired)


def _to_decide(export: UUID, *, by: Actor, at: datetime) -> FullExport:
    seen = get_export(export, by=by)
    by.must(APPROVE_EXPORT, area=seen.area)
    found = FullExport.objects.within(by).select_for_update(of=("self",)).get(pk=seen.pk)
    own = found.asked_by == by.key
    why_not = why_not_decide(
        state=found.state,
        decided_by_name=found.decided_by_name,
        own=own,
        asked_at=found.asked_at,
        at=at,
    )
    if why_not and not own and found.decided_by:
        raise AlreadyDecided(why=why_not)
    if why_not:
        raise CannotExport(why=why_not)
    return found


def _decided(found: FullExport, *, by: Actor, at: datetime) -> None:
    found.decided_by, found.decided_by_name, found.decided_at = by.key, by.name, at
    found.save()
    record(found, kind="export", area=found.area, number=found.number, state=str(found.state))


def _made(found: FullExport, *, by: Actor, at: datetime) -> tuple[int, int]:
    source = sources.find(found.list_key)
    with act_as(by, on=day_of(at)), vault.workshop() as folder:
        if source is None or not by.can_somewhere(source.permission) or not by.can_somewhere(ASK_EXPORT):
            raise NotAllowed("申请人现在没有这张清单的权限。")
        sheet = folder / "sheet.xlsx"
        rows = write_sheet(sheet, found, source, by=by, most=practice(on=day_of(at)).most_rows)
        vault.keep(sheet, found.public_id)
        return rows, sheet.stat().st_size


def _why_failed(refused: Refused) -> str:
    return "申请人的账号已经停用。" if type(refused) is NotFound else refused.sentence


def _tell_approvers(made: FullExport, *, by: Actor, at: datetime) -> None:
    on = day_of(at)
    posts = [key for key, role in roles(on=on).items() if APPROVE_EXPORT in role.permissions]
    told = {made.account}
    for post in posts:
        for area in lineage(made.area):
            for account in holders_of(post, area=area, on=on):
                if account.public_id not in told:
                    told.add(account.public_id)
                    tell_account(
                        by=by,
                        at=at,
                        account=account.public_id,
                        title=f"等您批准：{made.asked_by_name}申请完整导出{made.list_title}",
                        text=f"交给{made.receiver}，{made.purpose_title}，{made.rows_asked} 行。",
                        link=f"/exports/{made.public_id}/",
                        area=made.area,
                    )


def _tell_asker(found: FullExport, title: str, text: str, *, by: Actor, at: datetime) -> None:
    tell_account(
        by=by,
        at=at,
        account=found.account,
        title=title,
        text=text,
        link=f"/exports/{found.public_id}/",
        area=found.area,
    )
