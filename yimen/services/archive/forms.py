"""The shapes of input of the archive."""

from django import forms

from yimen.services.archive.choices import DIFFERENT

_LINES = forms.Textarea(attrs={"rows": 2})
_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
REASONS = ("办事核对", "本人或家属查询", "上级检查", "复议、诉讼", "统计整理")


class DifferentForm(forms.Form):
    """What is wrong with a line (差异)."""

    verdict = forms.ChoiceField(
        label="差什么", choices=[(one.value, one.label) for one in DIFFERENT], widget=forms.RadioSelect
    )
    note = forms.CharField(label="说明", max_length=200, help_text="如：缺户口簿复印件；整件没有交来。")


class FoundForm(forms.Form):
    note = forms.CharField(label="说明", max_length=200, required=False, help_text="如：3 日由社工小李补送。")


class CarryForm(forms.Form):
    note = forms.CharField(label="为什么转到下次", max_length=200)


class BoxForm(forms.Form):
    """A new box (档案盒)."""

    label = forms.CharField(label="盒号", max_length=40, help_text="写在盒脊上的号，如：救助-2026-01。")
    room = forms.CharField(label="库房", max_length=40, help_text="如：三楼档案室。")
    shelf = forms.CharField(label="柜架", max_length=40, help_text="如：2号柜3层。")
    capacity = forms.IntegerField(label="可放件数", min_value=1, max_value=1000, initial=50)


class MoveForm(forms.Form):
    """Where a box goes (移动)."""

    room = forms.CharField(label="移到库房", max_length=40)
    shelf = forms.CharField(label="移到柜架", max_length=40)
    why = forms.CharField(label="原因", max_length=200)


class LoanForm(forms.Form):
    """Who borrows the original (借阅)."""

    borrower = forms.CharField(label="借阅人", max_length=80)
    unit = forms.CharField(label="单位", max_length=80, help_text="科室、社区或外单位；本人借阅写“本人”。")
    why = forms.CharField(label="事由", max_length=120)
    due_on = forms.DateField(label="应还日期", widget=_DAY)


class ReturnForm(forms.Form):
    note = forms.CharField(label="归还情况", max_length=200, required=False, help_text="如：完好，页数无误。")


class ReasonForm(forms.Form):
    """Why the file is opened (查阅事由)."""

    why = forms.CharField(label="查阅事由", max_length=100, widget=_LINES)
