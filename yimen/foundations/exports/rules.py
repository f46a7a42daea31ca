"""What may be asked, and when a file may be fetched (完整导出的规则)."""

from datetime import datetime, timedelta

from yimen.foundations.exports.choices import ExportState

LEAST_WORDS = 4
LONGEST_WAIT = timedelta(days=7)
LAPSED = "申请超过七天没有处理，已经失效，请重新申请。"


def why_not_ask(
    *, fields: int, receiver: str, purpose: bool, needs_words: bool, words: str, lives: bool
) -> str:
    """Why a full export cannot be asked for so (不能申请的原因); "" when it can."""
    if not fields:
        return "请至少选一列。"
    if len(receiver) < LEAST_WORDS:
        return "请写明交给哪个单位、哪位同志。"
    if not purpose:
        return "请选择用途。"
    if needs_words and len(words) < LEAST_WORDS:
        return f"请写明做什么用（至少{LEAST_WORDS}个字）。"
    return "" if lives else "请选择文件保留多久。"


def why_not_decide(*, state: str, decided_by_name: str, own: bool, asked_at: datetime, at: datetime) -> str:
    """Why this approver cannot decide now (不能审批的原因); "" when she can."""
    if own:
        return "自己申请的，要由别人批准。"
    if state != ExportState.ASKED:
        return f"已经由{decided_by_name}处理过了。"
    return LAPSED if has_lapsed(state=state, asked_at=asked_at, at=at) else ""


def has_lapsed(*, state: str, asked_at: datetime, at: datetime) -> bool:
    """Did nobody decide in time (申请失效)? Then nobody can any more, and it waits for nobody."""
    return state == ExportState.ASKED and at > asked_at + LONGEST_WAIT


def why_not_fetch(*, state: str, asked_at: datetime, expires_at: datetime | None, at: datetime) -> str:
    """Why there is nothing to download (不能下载的原因); "" when there is."""
    if has_lapsed(state=state, asked_at=asked_at, at=at):
        return LAPSED
    if state in (ExportState.ASKED, ExportState.MAKING):
        return "还不能下载：" + ("等待批准。" if state == ExportState.ASKED else "正在生成，请稍等。")
    if state == ExportState.READY and expires_at and at < expires_at:
        return ""
    if state in (ExportState.READY, ExportState.EXPIRED):
        return "文件已经到期删除；还需要的话请重新申请。"
    return "这次导出没有文件。"
