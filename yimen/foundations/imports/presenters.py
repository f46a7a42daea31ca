"""The page of a batch: where it is on its way, and what can be done now."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from yimen.foundations.imports.choices import AT_WORK, BatchState
from yimen.foundations.imports.ports import Importer
from yimen.foundations.imports.queries import Progress

QUIET = timedelta(minutes=3)
_ORDER = {
    BatchState.READING: 0,
    BatchState.COLUMNS: 1,
    BatchState.CHECKING: 2,
    BatchState.CHECKED: 3,
    BatchState.WRITING: 3,
    BatchState.WRITTEN: 4,
    BatchState.UNDOING: 4,
    BatchState.UNDONE: 4,
    BatchState.DROPPED: 4,
}
_STEPS = ("上传", "对应表头", "核对", "写入")


@dataclass(frozen=True)
class Standing:
    """How a batch stands (进展), in words."""

    running: bool
    halted: bool
    quiet: bool
    words: str
    tone: str


def steps(batch: Any, *, columns_url: str) -> list[dict[str, Any]]:
    """Upload, columns, check, write: which are done, and which is under way."""
    now = _ORDER[BatchState(batch.state)]
    told = []
    for place, label in enumerate(_STEPS):
        state = "done" if place < now else "current" if place == now else "todo"
        again = place == 1 and batch.state in (BatchState.COLUMNS, BatchState.CHECKED)
        told.append({"label": label, "state": state, "url": columns_url if again else ""})
    return told


def standing(batch: Any, far: Progress, importer: Importer, *, at: datetime) -> Standing:
    """One sentence for the head of the page."""
    running = batch.state in AT_WORK and not batch.problem
    unit = importer.unit
    words = {
        BatchState.READING: "正在读表，很快就好，可以离开这一页。",
        BatchState.COLUMNS: "请看一眼每一列是什么，再开始核对。",
        BatchState.CHECKING: f"正在核对：{far.done} / {far.rows} 行。可以离开这一页，回来接着看。",
        BatchState.CHECKED: f"核对完了：{far.good} 行合格"
        + (f"，{far.bad} 行要改。" if far.bad else "，没有要改的。"),
        BatchState.WRITING: f"正在写入：{far.done} / {far.rows} 行。断电、重启都不要紧，会接着写，不重不漏。",
        BatchState.WRITTEN: f"已导入 {far.written} {unit}"
        + (f"，{far.bad} 行没有导入。" if far.bad else "。"),
        BatchState.UNDOING: f"正在撤销：{far.done} / {far.rows} 行。",
        BatchState.UNDONE: f"已撤销 {far.undone} {unit}"
        + (f"，留下 {far.left} {unit}，原因见下。" if far.left else "，全部撤回。"),
        BatchState.DROPPED: f"{batch.problem}这一批没有导入，内容已经清除。",
    }[BatchState(batch.state)]
    tone = {
        BatchState.WRITTEN: "good",
        BatchState.UNDONE: "warn" if far.left else "good",
        BatchState.CHECKED: "warn" if far.bad else "good",
    }.get(BatchState(batch.state), "info")
    return Standing(
        running=running,
        halted=bool(batch.problem) and batch.state in AT_WORK,
        quiet=running and at - max(batch.moved_at, far.moved_at or batch.moved_at) > QUIET,
        words=words,
        tone=tone,
    )
