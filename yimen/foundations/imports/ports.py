"""What the registers plug into imports: what can be brought in, from which columns, and by which of their operations.

Fill it from the app's plugs.py: ``importers.register(Importer(key="people.residents", …))``.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from yimen.kernel.registry import Registry


@dataclass(frozen=True)
class Column:
    """A column that an importer understands (列): ``words`` are what headings call it besides its ``title``.

    ``needed``: a sheet without it cannot be brought in. ``secret``: its values stand on no page. ``unique``: twice in one
    sheet is a mistake. ``example`` stands in the empty sheet that people may take as a pattern.
    """

    key: str
    title: str
    words: tuple[str, ...] = ()
    needed: bool = False
    secret: bool = False
    unique: bool = False
    help: str = ""
    example: str = ""


@dataclass(frozen=True)
class SheetRow:
    """One row of the sheet (行): its number there, and the texts of the columns that were told, by key."""

    number: int
    values: Mapping[str, str]

    def get(self, key: str) -> str:
        """The text of a column; "" where the sheet has none."""
        return self.values.get(key, "")


@dataclass(frozen=True)
class Note:
    """What is wrong with a cell (批注), or worth a look; ``column`` is a key, "" for the row as a whole."""

    column: str
    sentence: str
    refuses: bool = True


Notes = Mapping[int, Sequence[Note]]


@dataclass(frozen=True)
class Written:
    """What a portion came to (写入结果): whom each row became, and what stood against the others after all."""

    made: Mapping[int, UUID]
    refused: Notes = field(default_factory=dict)


@dataclass(frozen=True)
class Afterword:
    """Something to look at once a batch is in (导入之后): a sentence, and the page to do it."""

    sentence: str
    label: str
    url: str


@dataclass(frozen=True)
class Importer:
    """One thing that can be brought in (导入种类).

    ``check(rows=, by=, on=, area=)`` answers notes by row number and writes nothing. ``write(rows=, by=, at=, area=,
    batch=)`` writes set by set within the open operation, checks again, and answers `Written`. ``undo(subjects=, by=, at=)``
    takes away what was made and answers those left, each with the reason. Rows with equal texts in the columns ``together``
    stay in one portion, unless the last of these is empty. ``page(subject)`` is where one of them is looked at.
    ``afterwards(subjects, by=)`` says what to look at once they are in. ``areas(prefixes)`` names the areas within these
    prefixes that a sheet may be brought into. The actor needs ``permission`` besides that to import.
    """

    key: str
    title: str
    unit: str
    order: int
    permission: str
    columns: tuple[Column, ...]
    check: Callable[..., Notes]
    write: Callable[..., Written]
    undo: Callable[..., Mapping[UUID, str]]
    together: tuple[str, ...] = ()
    page: Callable[[UUID], str] | None = None
    areas: Callable[[Sequence[str]], Sequence[tuple[str, str]]] | None = None
    hint: str = ""
    afterwards: Callable[..., Sequence[Afterword]] | None = None

    def group_of(self, row: SheetRow) -> str:
        """What the row belongs together with (同组), "" for nothing."""
        if not self.together or not row.get(self.together[-1]):
            return ""
        return "\x1f".join(row.get(key) for key in self.together)

    def column(self, key: str) -> Column | None:
        """The column of that key."""
        return next((one for one in self.columns if one.key == key), None)


importers: Registry[Importer] = Registry(
    Importer, name="导入种类", required=("title", "unit", "permission", "columns", "check", "write", "undo")
)
