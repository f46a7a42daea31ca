"""The shapes of input on the pages of imports; what is allowed is decided by the operations."""

from django import forms

from yimen.foundations.imports.choices import Way


class UploadForm(forms.Form):
    """A sheet to be brought in (上传)."""

    importer = forms.ChoiceField(label="导入什么")
    area = forms.ChoiceField(label="导入到哪里")
    file = forms.FileField(
        label="表格文件",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        allow_empty_file=True,
    )

    def __init__(self, *args, kinds=(), areas=(), most_megabytes=0, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["importer"].choices = list(kinds)
        self.fields["area"].choices = list(areas)
        self.fields[
            "file"
        ].help_text = (
            f"Excel 的 xlsx，或 CSV（UTF-8、GB18030 都认），最大 {most_megabytes} MB。先核对，不会马上写入。"
        )


class PlaceForm(forms.Form):
    """Which sheet, and which row is its heading (表头位置)."""

    sheet = forms.ChoiceField(label="工作表", required=False)
    head_row = forms.IntegerField(label="表头在第几行", min_value=1, max_value=200)

    def __init__(self, *args, sheets=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sheet"].choices = [(one, one or "（文本表格）") for one in sheets]


class ColumnsForm(forms.Form):
    """What each column stands for (对应表头); one choice a column."""

    def __init__(self, *args, head=(), offered=(), **kwargs):
        super().__init__(*args, **kwargs)
        for place, text in enumerate(head):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=text or f"第 {place + 1} 列（没有表头）",
                choices=[("", "不导入"), *offered],
                required=False,
            )

    @property
    def told(self) -> dict[str, str]:
        """Place of the column → key of what it stands for."""
        return {
            name.removeprefix("column_"): key
            for name, key in self.cleaned_data.items()
            if name.startswith("column_") and key
        }


class WayForm(forms.Form):
    """Which rows are brought in (导入方式)."""

    way = forms.ChoiceField(choices=Way.choices)
