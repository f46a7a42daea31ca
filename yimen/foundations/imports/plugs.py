"""What imports plug into the apps below: why its files are kept, and navigation."""

from django.conf import settings

from yimen.foundations.documents.api import FileKind
from yimen.foundations.documents.ports import Purpose, purposes
from yimen.foundations.imports.operations.batches import PURPOSE
from yimen.foundations.imports.permissions import RUN
from yimen.foundations.ui.ports import NavItem, navigation

purposes.register(
    Purpose(
        key=PURPOSE,
        title="导入表",
        most=1,
        kinds=frozenset({FileKind.XLSX, FileKind.CSV}),
        personal=False,
        most_bytes=settings.YIMEN_IMPORT_MOST_BYTES,
        most_unpacked=settings.YIMEN_IMPORT_MOST_UNPACKED,
        store_permission=RUN,
        open_permission=RUN,
    )
)
navigation.register(
    NavItem(label="导入", url_name="imports:list", icon="file-import", permission=RUN, order=88)
)
