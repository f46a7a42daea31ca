"""The shape of what is typed when a filter is kept (常用筛选)."""

from django import forms

from yimen.registers.people.rules.saved_filters import LONGEST_NAME


class FilterForm(forms.Form):
    """A name, and whether the street may use it too."""

    name = forms.CharField(
        label="名称",
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="例如：雅苑80岁以上、证件没补的。不写人名和号码。",
        error_messages={"required": "请给这组条件起个名称。"},
    )
    shared = forms.BooleanField(
        label="本街道的同事也能用",
        required=False,
        help_text="只共享条件；每个人点开看到的，是自己范围里的居民。",
    )
