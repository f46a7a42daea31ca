"""Background entry points of documents."""

from yimen.foundations.bus.api import job
from yimen.foundations.documents.operations import sweep_files


@job("documents.sweep", cron="40 2 * * *")
def sweep(*, by, at):
    """Clear what lies in the file store and belongs to nobody (清理无主文件)."""
    sweep_files(by=by, at=at)
