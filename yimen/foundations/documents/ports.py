"""What upper apps plug into documents: the purposes for which they keep files.

from yimen.foundations.documents import ports

ports.purposes.register(ports.Purpose(key="clinic.report", title="检验报告", open_permission="clinic.read_report"))
"""

from dataclasses import dataclass

from yimen.foundations.documents.choices import PAPERS, PICTURES, FileKind
from yimen.foundations.documents.permissions import OPEN, STORE
from yimen.kernel.registry import Registry


@dataclass(frozen=True)
class Purpose:
    """Why a file is kept (用途), and what follows: how many, which types, who stores and opens it.

    `most` files per subject and purpose; `shrink_to` bytes for photographs (0: as they are); `personal` files leave a
    look (查阅留痕) each time they are opened. `most_bytes` and `most_unpacked` are for files larger than papers are (0: as
    for papers).
    """

    key: str
    title: str
    most: int = 30
    kinds: frozenset[FileKind] = PAPERS
    shrink_to: int = 0
    most_bytes: int = 0
    most_unpacked: int = 0
    personal: bool = True
    store_permission: str = STORE
    open_permission: str = OPEN


purposes: Registry[Purpose] = Registry(Purpose, name="文件用途", required=("title",))

PAPER = purposes.register(Purpose(key="paper", title="申请材料"))
PHOTO = purposes.register(Purpose(key="photo", title="照片", kinds=PICTURES, most=20, shrink_to=300 * 1024))
SEALED = purposes.register(
    Purpose(key="sealed", title="盖章件", kinds=frozenset({FileKind.PDF, *PICTURES, FileKind.OFD}), most=10)
)
