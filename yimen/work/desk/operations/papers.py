"""Open the papers of a case, for who works on it (查看材料)."""

from datetime import datetime
from uuid import UUID

from yimen.foundations.audit.api import operation
from yimen.foundations.documents.api import BoundFiles, OpenedFile, hand_out_bound, hand_out_file
from yimen.kernel.actor import Actor
from yimen.kernel.refusals import NotFound
from yimen.work.desk.models import CasePaper
from yimen.work.desk.queries import get_case


@operation("desk.paper.opened")
def open_paper(*, by: Actor, at: datetime, case: UUID, paper: str) -> OpenedFile:
    """One paper of a case as a file (查看材料), for who works on the case; leaves a look."""
    view = get_case(case, by=by)
    kept = CasePaper.objects.filter(case=view.case, key=paper, file__isnull=False).first()
    if kept is None:
        raise NotFound("这份材料没有留存文件。")
    return hand_out_file(by=by, at=at, file=kept.file, subject=case, why=f"查看《{kept.title}》")


@operation("desk.papers.opened")
def open_papers(*, by: Actor, at: datetime, case: UUID) -> tuple[str, BoundFiles]:
    """All papers of a case as one PDF (全部材料), in the order of the matter; leaves a look. Answers its name and content."""
    view = get_case(case, by=by)
    files = [paper.file for paper in view.papers if paper.file]
    found = hand_out_bound(by=by, at=at, files=files, subject=case, why="下载全部材料")
    return f"{view.case.spoken_number} 全部材料.pdf", found
