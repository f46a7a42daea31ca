"""The shapes of input of namelists; what is allowed is decided by the operations."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms

from yimen.work.namelists.choices import Way
from yimen.work.namelists.engine.sheets import HEADING_ROWS, LABELS, Sheet

WEEK = timedelta(days=7)


def _day(label: str, **more: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, widget=widget, **more)


class UploadForm(forms.Form):
    """A list that came in, and what is to be found out (上传名单)."""

    file = forms.FileField(
        label="名单",
        help_text="Excel 的 xlsx 或 csv。有“姓名”一列就能用，有身份证号码、电话或地址对得更准。原表单独保存，不改动。",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        allow_empty_file=True,
    )
    title = forms.CharField(label="名称", max_length=60)
    purpose = forms.CharField(
        label="为什么核实", max_length=120, help_text="社工上门、打电话时照着说，写实在。"
    )
    basis = forms.CharField(
        label="依据",
        max_length=120,
        help_text="哪个文件、哪项法定职责要求核实。没有依据的名单不下发（个人信息保护法第十三条）。",
    )
    area = forms.ChoiceField(label="在哪里核实")
    due_on = _day("最后一天")

    def __init__(self, *args: Any, areas: Mapping[str, str], today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"due_on": today + WEEK}, **kwargs)
        self.fields["area"].choices = list(areas.items())


class ColumnsForm(forms.Form):
    """How the sheet is read (确认表头): which sheet, which row is the heading, and which column is what."""

    sheet = forms.ChoiceField(label="工作表", required=False)
    head = forms.IntegerField(label="表头在第几行", min_value=1, max_value=HEADING_ROWS)

    def __init__(self, data: Any = None, *, read: Sheet, columns: Mapping[str, int]) -> None:
        start = {"sheet": read.name, "head": read.head} | {key: str(place) for key, place in columns.items()}
        super().__init__(data, initial=start)
        self.fields["sheet"].choices = [(one, one or "（文本表格）") for one in read.sheets]
        offered = [("", "表里没有")] + [
            (str(place), f"{read.letter(place)} 列：{words[:30]}") for place, words in read.titles.items()
        ]
        for key, label in LABELS.items():
            self.fields[key] = forms.ChoiceField(label=label, choices=offered, required=False)

    @property
    def columns(self) -> dict[str, int]:
        """What → number of its column."""
        return {key: int(self.cleaned_data[key]) for key in LABELS if self.cleaned_data.get(key)}


class SendForm(forms.Form):
    """To which community the rows go that are matched to nobody (没对上的交给谁)."""

    community = forms.ChoiceField(
        label="没对上的交给哪个社区", required=False, help_text="对上的按住址自动分到网格。"
    )

    def __init__(self, data: Any = None, *, communities: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["community"].choices = [("", "先不交，逐行对"), *communities]


class SettleForm(forms.Form):
    """Whom a row means (人工对上): one of those who fit, or nobody on file and a community."""

    person = forms.ChoiceField(label="是哪一位", widget=forms.RadioSelect, required=False)
    community = forms.ChoiceField(label="都不是，交给哪个社区", required=False)

    def __init__(
        self, data: Any = None, *, people: Sequence[tuple[str, str]], communities: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__(data)
        self.fields["person"].choices = list(people)
        if not people:
            del self.fields["person"]
        self.fields["community"].choices = [("", "请选择"), *communities]

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if not told.get("person") and not told.get("community") and not self.errors:
            self.add_error("community", "选一位居民，或者选一个社区。")
        return told


class WayForm(forms.Form):
    """How it was found out (怎么核实)."""

    way = forms.ChoiceField(
        label="怎么核实", choices=Way.choices, widget=forms.RadioSelect, initial=Way.VISIT
    )


class ExtendForm(forms.Form):
    """Another last day (延期)."""

    until = _day("新的最后一天")
    reason = forms.CharField(label="为什么延期", max_length=120)
