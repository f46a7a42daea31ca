"""The shape of input of care data."""

from django import forms


class AgreeForm(forms.Form):
    """She agrees to one kind (单独同意); of a child it says which guardian did."""

    said_by = forms.CharField(
        label="监护人", max_length=80, required=False, help_text="谁同意的：写监护人的姓名。"
    )

    def __init__(self, *args, for_child: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not for_child:
            del self.fields["said_by"]


class CareForm(forms.Form):
    """What the clinician saw (记录)."""

    seen_on = forms.DateField(
        label="就诊日期", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    words = forms.CharField(
        label="记录",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="只写诊疗需要的；只有有这一项权限的医生看得到，不进搜索、清单、导出和经历。",
    )
