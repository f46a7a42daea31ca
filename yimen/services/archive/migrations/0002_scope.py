"""Row-level security of the archive: lists, lines, files and boxes by their area; loans and placings with their file."""

from django.db import migrations

from yimen.foundations.access.fields import ScopeTable

_OF_FILE = {"through": "archive.ArchiveFile", "column": "file_id"}


class Migration(migrations.Migration):
    dependencies = [("access", "0002_scope"), ("archive", "0001_initial")]

    operations = [
        ScopeTable("archive_handoverlist", area="area"),
        ScopeTable("archive_handoveritem", area="area"),
        ScopeTable("archive_archivefile", area="area", subject=("case", "person")),
        ScopeTable("archive_archivebox", area="area"),
        ScopeTable("archive_boxmove", through="archive.ArchiveBox", column="box_id"),
        ScopeTable("archive_placing", **_OF_FILE),
        ScopeTable("archive_originalloan", **_OF_FILE),
    ]
