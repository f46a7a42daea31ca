"""The shapes of input on the pages of 一表通; what is allowed is decided by the operations."""

from django import forms

from yimen.steering.returns.rules import HEADING_ROWS

_DAY = {"format": "%Y-%m-%d", "attrs": {"type": "date"}}


class UploadForm(forms.Form):
    """A workbook that came in (上传)."""

    file = forms.FileField(
        label="部门发来的表",
        help_text="Excel 的 xlsx 文件，最大 10 MB。名单里要有姓名，有身份证号码最好。",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        allow_empty_file=True,
    )
    title = forms.CharField(label="表名", max_length=120)
    unit_name = forms.CharField(label="要表单位", max_length=80)
    due_on = forms.DateField(label="要求哪天交", required=False, widget=forms.DateInput(**_DAY))


class HeadForm(forms.Form):
    """Which sheet, and where its heading stands (表头位置)."""

    sheet = forms.ChoiceField(label="工作表")
    first = forms.IntegerField(label="表头从第几行", min_value=1, max_value=HEADING_ROWS * 4)
    last = forms.IntegerField(label="表头到第几行", min_value=1, max_value=HEADING_ROWS * 4)

    def __init__(self, *args, sheets=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sheet"].choices = [(one, one) for one in sheets]


class ColumnsForm(HeadForm):
    """What each column stands for (对应表头); one choice a column."""

    def __init__(self, *args, heads=(), offered=(), **kwargs):
        super().__init__(*args, **kwargs)
        for number, words in heads:
            self.fields[f"column_{number}"] = forms.ChoiceField(
                label=" · ".join(words), choices=[("", "人工填写"), *offered], required=False
            )

    @property
    def told(self) -> dict[str, str]:
        """Column number → key of a heading."""
        return {
            name.removeprefix("column_"): key
            for name, key in self.cleaned_data.items()
            if name.startswith("column_") and key
        }


class ChooseForm(forms.Form):
    """Who is on an empty table (选人填表): a saved filter, or conditions of the residents' list."""

    def __init__(self, *args, asked=(), kept=(), **kwargs):
        super().__init__(*args, **kwargs)
        self._kept = {key: conditions for key, _, conditions in kept}
        self._asked = tuple(asked)
        if kept:
            choices = [("", "不用"), *((key, name) for key, name, _ in kept)]
            self.fields["kept"] = forms.ChoiceField(
                label="常用筛选", choices=choices, required=False, help_text="选了它，下面的条件就不看了。"
            )
        for key, (title, choices) in dict(asked).items():
            self.fields[key] = forms.ChoiceField(
                label=title, choices=[("", "不限"), *choices], required=False
            )

    @property
    def conditions(self) -> dict[str, str]:
        """The conditions that were chosen."""
        if kept := self.cleaned_data.get("kept"):
            return dict(self._kept[kept])
        return {key: value for key in self._asked if (value := self.cleaned_data.get(key))}
