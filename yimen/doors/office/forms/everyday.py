"""The everyday parts of a definition as somebody changes them (常改项目): a field for each, a small card for each line."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory

from yimen.doors.office.forms import DAY, DateInput
from yimen.foundations.definitions.api import Entry, OpenCases, Row

# How many empty lines stand folded below those that are there; who needs more publishes and changes it again.
SPARE = 3
LINES_MOST = 80
LINES = "一行写一条。"


@dataclass(frozen=True)
class Table:
    """The lines of one list (材料、正文段落): their forms, and whether lines come and go."""

    entry: Entry
    lines: BaseFormSet

    @property
    def fixed(self) -> bool:
        return self.entry.part.fixed


class ChangeForm(forms.Form):
    """The everyday parts of a definition, from which day they hold and why (修改并发布).

    ``parts`` are the entries with what stands there in the ``newest`` version, whose number goes along.
    """

    based_on = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": "请重新打开这一页。"})
    effective_on = forms.DateField(label="自哪天起施行", widget=DateInput, error_messages=DAY)
    change = forms.CharField(
        label="为什么改",
        max_length=200,
        help_text="一句话，以后看得懂，如：窗口搬到新大厅。",
        error_messages={"required": "请写一句修改说明。"},
    )
    open_cases = forms.ChoiceField(
        label="已经受理的件",
        choices=OpenCases.choices,
        initial=OpenCases.KEEP,
        widget=forms.RadioSelect,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        parts: Iterable[tuple[Entry, Any]],
        earliest: date,
        newest: int,
    ):
        super().__init__(data)
        parts = list(parts)
        self.entries = [entry for entry, _ in parts if entry.shape != "rows"]
        typed = {entry.name: _field(entry, value) for entry, value in parts if entry.shape != "rows"}
        self.fields = {**typed, **self.fields}
        self.fields["effective_on"].initial = earliest
        self.fields["based_on"].initial = newest
        self.tables = [
            Table(entry, _lines(entry, value, data)) for entry, value in parts if entry.shape == "rows"
        ]

    @property
    def plain_fields(self) -> Iterator[forms.BoundField]:
        """The single parts, without when and why."""
        return (self[entry.name] for entry in self.entries)

    @property
    def when_and_why(self) -> Iterator[forms.BoundField]:
        return (self[name] for name in ("effective_on", "change", "open_cases"))

    @property
    def values(self) -> dict[str, Any]:
        """What was typed for the parts, ready for the body."""
        single = {entry.name: _value(entry, self.cleaned_data[entry.name]) for entry in self.entries}
        return single | {table.entry.name: tuple(_rows(table)) for table in self.tables}

    def is_valid(self) -> bool:
        lines = [table.lines.is_valid() for table in self.tables]
        if self.is_bound and not all(lines):
            self._say_which_lines()
        return super().is_valid() and all(lines)

    def _say_which_lines(self) -> None:
        for table in self.tables:
            for said in table.lines.non_form_errors():
                self.add_error(None, said)
            for number, line in enumerate(table.lines.forms, start=1):
                for errors in line.errors.values():
                    for said in errors:
                        self.add_error(None, f"{table.entry.label}第 {number} 项：{said}")


class _Line(forms.Form):
    """One line: its place in the version before, and what else holds for it."""

    at = forms.IntegerField(required=False, widget=forms.HiddenInput)
    besides = ""

    @property
    def added(self) -> bool:
        return self.initial.get("at") is None

    @property
    def called(self) -> str:
        """What the line is called by its first field."""
        first = next(name for name in self.fields if name != "at")
        return str(self.initial.get(first, ""))[:40]


def _lines(entry: Entry, rows: tuple[Row, ...], data: Mapping[str, Any] | None) -> BaseFormSet:
    fields = {
        column.name: _field(column, None if column.default is None else column.default)
        for column in entry.columns
    }
    factory = formset_factory(
        type("Line", (_Line,), {**fields, "at": _Line.base_fields["at"]}),
        extra=0 if entry.part.fixed else SPARE,
        can_order=not entry.part.fixed,
        can_delete=not entry.part.fixed,
        max_num=LINES_MOST,
        absolute_max=LINES_MOST + SPARE,
        validate_max=True,
    )
    made = factory(
        data,
        prefix=entry.name,
        initial=[
            {"at": row.at} | {one.name: _shown(one, row.values[one.name]) for one in entry.columns}
            for row in rows
        ],
        error_messages={"missing_management_form": "请重新打开这一页。", "too_many_forms": "项目太多了。"},
    )
    for line, row in zip(made.forms, rows, strict=False):
        line.besides = row.note
    for line in made.forms:
        if "ORDER" in line.fields:
            line.fields["ORDER"].label = "排第几"
            line.fields["ORDER"].help_text = "空着排在最后。" if line.added else ""
            line.fields["DELETE"].label = "删去这一项"
            if line.added:
                line.fields["DELETE"].widget = forms.HiddenInput()
    return made


def _rows(table: Table) -> Iterator[Row]:
    known = {line.initial.get("at") for line in table.lines.initial_forms}
    lines = table.lines.forms if table.fixed else table.lines.ordered_forms
    for line in lines:
        if line.added and not line.has_changed():
            continue
        at = line.cleaned_data["at"]
        values = {one.name: _value(one, line.cleaned_data[one.name]) for one in table.entry.columns}
        yield Row(at if at in known else None, values)


def _shown(entry: Entry, value: Any) -> Any:
    return "\n".join(value) if entry.shape == "lines" else value


def _value(entry: Entry, typed: Any) -> Any:
    """What was typed in the shape of the body: lines as a tuple, an empty number as what is usual."""
    if entry.shape == "lines":
        return tuple(line.strip() for line in typed.splitlines() if line.strip())
    if typed is None:
        return entry.default
    return typed


def _field(entry: Entry, value: Any) -> forms.Field:
    said = {"required": f"请填写{entry.label}。"}
    given = {
        "label": entry.label,
        "initial": _shown(entry, value),
        "required": entry.required,
        "error_messages": said,
    }
    match entry.shape:
        case "yes":
            return forms.BooleanField(label=entry.label, initial=value, required=False)
        case "choice":
            widget = forms.RadioSelect if len(entry.choices) < 5 else forms.Select
            return forms.ChoiceField(**given | {"required": True}, choices=entry.choices, widget=widget)
        case "number":
            said["invalid"] = "请写整数。"
            return forms.IntegerField(**given, min_value=entry.least, max_value=entry.most)
        case "decimal":
            said["invalid"] = "请写数，如 1.5。"
            return forms.DecimalField(**given, min_value=entry.least, max_value=entry.most)
        case "date":
            return forms.DateField(**given | {"error_messages": said | DAY}, widget=DateInput)
        case "time":
            said["invalid"] = "时间请写成 09:00。"
            widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
            return forms.TimeField(**given, widget=widget)
        case "lines":
            return forms.CharField(**given, help_text=LINES, widget=forms.Textarea(attrs={"rows": 4}))
        case "long":
            return forms.CharField(
                **given, max_length=entry.longest, widget=forms.Textarea(attrs={"rows": 3})
            )
        case _:
            return forms.CharField(**given, max_length=entry.longest)
