"""What is typed for a full export."""

from django import forms

from yimen.foundations.exports.engine.practice import ExportPractice, hours_words
from yimen.foundations.ui.api import Column


class AskForm(forms.Form):
    """Ask for a list in full (申请完整导出)."""

    receiver = forms.CharField(
        label="交给谁",
        max_length=80,
        help_text="单位和姓名，例如：区卫生健康局 王科长",
        error_messages={"required": "请写明交给哪个单位、哪位同志。"},
    )
    purpose = forms.ChoiceField(
        label="做什么用", widget=forms.RadioSelect, error_messages={"required": "请选择用途。"}
    )
    words = forms.CharField(label="说明", max_length=200, required=False, help_text="选“其他”的必须写明。")
    fields_ = forms.MultipleChoiceField(
        label="要哪些列",
        widget=forms.CheckboxSelectMultiple,
        help_text="只勾用得着的；带“完整”的是个人信息。",
        error_messages={"required": "请至少选一列。"},
    )
    hours = forms.TypedChoiceField(
        label="文件保留多久",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择文件保留多久。"},
    )

    def __init__(self, *args, rule: ExportPractice, columns: list[Column], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = [(one.key, one.title) for one in rule.purposes]
        self.fields["fields_"].choices = [
            (one.key, f"{one.title}（完整）" if one.private else one.title) for one in columns
        ]
        self.fields["hours"].choices = [(hours, hours_words(hours)) for hours in rule.hours]
        # What tells a person apart is asked for one by one; the rest is taken along.
        self.fields["fields_"].initial = [one.key for one in columns if not one.private]

    def clean(self) -> dict:
        told = super().clean()
        if "fields_" in told:
            told["fields"] = told.pop("fields_")
        return told


class RefuseForm(forms.Form):
    """Turn it down (不批准)."""

    reason = forms.CharField(
        label="为什么不批准",
        max_length=200,
        error_messages={"required": "请写明为什么不批准。"},
    )
