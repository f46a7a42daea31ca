from django import forms

from yimen.work.desk.api import RATING_TAGS, Grade


class WordForm(forms.Form):
    """The word on the receipt (查询码)."""

    word = forms.CharField(label="查询码", max_length=30, help_text="回执上的 13 位字母和数字，大小写都行。")


class RatingForm(forms.Form):
    """Five grades, why, and a few words (评价)."""

    grade = forms.ChoiceField(label="这次办事，您觉得", choices=Grade.choices, widget=forms.RadioSelect)
    tags = forms.MultipleChoiceField(
        label="因为（可多选）",
        choices=[(tag, tag) for tag in RATING_TAGS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    text = forms.CharField(
        label="还想说的", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
