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


class SendForm(forms.Form):
    """Until when, on what basis, to whom (下发)."""

    due_on = forms.DateField(label="要社区哪天交", widget=forms.DateInput(**_DAY))
    basis = forms.CharField(
        label="依据", max_length=200, help_text="哪个文件或哪次通知要这张表，社区看得到。没有依据的表不下发。"
    )
    communities = forms.MultipleChoiceField(label="发给哪些社区", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, communities=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["communities"].choices = communities


class HandInForm(forms.Form):
    """Handing a part in (交表)."""

    said = forms.CharField(
        label="说明", max_length=200, required=False, help_text="有格空着的，写明为什么；没有的不用写。"
    )
    nothing = forms.BooleanField(
        label="没有，零报告", required=False, help_text="本社区一个也没有时勾选，不用填表。"
    )

    def __init__(self, *args, choosing=True, **kwargs):
        super().__init__(*args, **kwargs)
        if not choosing:
            del self.fields["nothing"]


class ReturnForm(forms.Form):
    """Giving a part back (退回)."""

    why = forms.CharField(
        label="退回原因", max_length=200, help_text="哪几格不对、要改成什么样，社区看得到。"
    )


class WithdrawForm(forms.Form):
    """Taking a part back (收回)."""

    why = forms.CharField(label="收回原因", max_length=200)


class MergeForm(forms.Form):
    """Putting the parts together (汇总)."""

    without = forms.CharField(
        label="没交齐的，写明为什么先不等",
        max_length=200,
        required=False,
        help_text="写在汇总表的数据来源里。",
    )
