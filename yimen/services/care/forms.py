"""The shape of input of care data."""

from django import forms


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
