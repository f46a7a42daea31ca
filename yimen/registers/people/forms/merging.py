"""What is typed to compare two files and put one into the other (合并档案)."""

from django import forms


class ChooseFileForm(forms.Form):
    """Which other file may be the same person (选另一份档案)."""

    alias = forms.ChoiceField(
        label="和哪一份核对",
        widget=forms.RadioSelect,
        error_messages={"required": "请选择另一份档案。", "invalid_choice": "请选择列出的档案。"},
    )

    def __init__(self, *args, people: list[tuple[str, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["alias"].choices = people


class MergeForm(forms.Form):
    """Put one of two compared files into the other (合并档案)."""

    reason = forms.CharField(
        label="为什么是同一个人",
        max_length=200,
        help_text="例如：当面核对身份证；原档案是没带证件时建的",
        error_messages={"required": "请写明为什么是同一个人。"},
    )


class UndoMergeForm(forms.Form):
    """Take a merge back (撤销合并): after what was written since has been read."""

    reason = forms.CharField(
        label="为什么撤销", max_length=200, error_messages={"required": "请写明为什么撤销。"}
    )
    read = forms.BooleanField(
        label="已看过合并以后写入的内容，知道它们留在保留的档案上",
        error_messages={"required": "请先看合并以后写入的内容，再勾选。"},
    )
