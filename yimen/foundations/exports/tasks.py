"""Background entry points of full exports."""

from uuid import UUID

from yimen.foundations.bus.api import job
from yimen.foundations.exports import operations


@job("exports.make")
def make(*, by, at, export):
    """Make the file of an approved export (生成导出文件)."""
    operations.make_file(by=by, at=at, export=UUID(export))


@job("exports.remove_expired", cron="* * * * *")
def remove_expired(*, by, at):
    """Take away the files whose time is up (删除到期的导出文件)."""
    operations.remove_expired(by=by, at=at)
