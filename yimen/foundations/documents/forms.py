from django import forms


class ManyFilesInput(forms.ClearableFileInput):
    """An input that takes several files."""

    allow_multiple_selected = True


class ManyFiles(forms.FileField):
    """Several files at once; each is judged when it is kept."""

    def clean(self, data, initial=None):
        if not data:
            raise forms.ValidationError("还没有选文件：请选扫描好的盖章件。")
        return list(data) if isinstance(data, list | tuple) else [data]


class VoidForm(forms.Form):
    """Why a letter is voided (作废原因)."""

    why = forms.CharField(
        label="作废原因", max_length=200, help_text="例如：打印错位、文字有误。文号不再使用。"
    )


class SealForm(forms.Form):
    """The sealed and signed sheet as it was scanned (盖章件); several pictures become one PDF in the order chosen."""

    files = ManyFiles(
        label="盖章件",
        help_text="盖好章、签好字的那一份：一个 PDF、OFD，或按页序选几张照片。",
        widget=ManyFilesInput(attrs={"accept": "image/*,application/pdf,.ofd", "multiple": True}),
    )
