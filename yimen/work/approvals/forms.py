"""Shapes of input for approvals."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from yimen.work.approvals.choices import Verdict

_DAY = {"format": "%Y-%m-%d", "attrs": {"type": "date"}}
_KINDS = "image/*,application/pdf,.ofd,.docx,.xlsx"


class ManyFilesInput(forms.ClearableFileInput):
    """An input that takes several files."""

    allow_multiple_selected = True


class ManyFiles(forms.FileField):
    """Several files at once; each is judged when it is kept."""

    def clean(self, data, initial=None):
        if not data:
            if self.required:
                raise forms.ValidationError("还没有选文件。")
            return []
        return list(data) if isinstance(data, list | tuple) else [data]


def _name_signers(form: forms.Form, people: Mapping[str, Sequence[tuple[str, str]]]) -> list[str]:
    """For each seat at which several could sign: who shall (指定审签人)."""
    for place, (title, offered) in enumerate(people.items()):
        form.fields[f"signer-{place}"] = forms.ChoiceField(
            label=f"{title}由谁签", required=False, choices=[("", "谁先签都行"), *offered]
        )
    return list(people)


def _named(form: Any) -> dict[str, UUID]:
    """Whom the drafter named, by the title of the seat; the questions themselves go no further."""
    told = {title: form.cleaned_data.pop(f"signer-{place}", "") for place, title in enumerate(form.seats)}
    return {title: UUID(account) for title, account in told.items() if account}


class DraftForm(forms.Form):
    """What is submitted (呈批件)."""

    chain = forms.ChoiceField(label="审签流程")
    title = forms.CharField(label="标题", max_length=120, help_text="例如：关于更换便民服务中心叫号机的请示")
    text = forms.CharField(
        label="正文",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="写清楚请示什么、情况和依据、拟怎样办。",
    )
    files = ManyFiles(
        label="附件",
        required=False,
        widget=ManyFilesInput(attrs={"accept": _KINDS, "multiple": True}),
        help_text="可以选几个：PDF、照片、Word、Excel、OFD。",
    )

    def __init__(
        self,
        *args: Any,
        chains: Sequence[tuple[str, str]] = (),
        people: Mapping[str, Sequence[tuple[str, str]]] | None = None,
        **kwargs: Any,
    ):
        super().__init__(*args, **kwargs)
        self.fields["chain"].choices = list(chains)
        if len(chains) == 1:
            self.fields["chain"].initial = chains[0][0]
        self.seats = _name_signers(self, people or {})

    def clean(self):
        return super().clean() | {"named": _named(self)}


class AgainForm(forms.Form):
    """What is sent again, mended (再次送审)."""

    title = forms.CharField(label="标题", max_length=120)
    text = forms.CharField(label="正文", max_length=5000, widget=forms.Textarea(attrs={"rows": 8}))
    keep = forms.MultipleChoiceField(label="沿用的附件", required=False, widget=forms.CheckboxSelectMultiple)
    files = ManyFiles(
        label="新的附件",
        required=False,
        widget=ManyFilesInput(attrs={"accept": _KINDS, "multiple": True}),
    )
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        held: Sequence[tuple[str, str]] = (),
        people: Mapping[str, Sequence[tuple[str, str]]] | None = None,
        **kwargs: Any,
    ):
        super().__init__(*args, **kwargs)
        self.seats = _name_signers(self, people or {})
        self.fields["keep"].choices = list(held)
        if not held:
            del self.fields["keep"]

    def clean(self):
        return super().clean() | {"named": _named(self)}

    def clean_keep(self) -> list[UUID]:
        return [UUID(one) for one in self.cleaned_data["keep"]]


class AgreeForm(forms.Form):
    """Agree, with a remark if one likes (同意)."""

    remark = forms.CharField(label="批语", max_length=300, required=False, help_text="可以不写。")
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)


class SendBackForm(forms.Form):
    """Send it back, with the reason (退回)."""

    remark = forms.CharField(label="退回的原因", max_length=300, help_text="经办人照着改，改好再送。")
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)


class WhyForm(forms.Form):
    """Take back, or void, with the reason (撤回、作废)."""

    why = forms.CharField(label="原因", max_length=200)
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)


class FinalForm(forms.Form):
    """The sealed scan (终稿)."""

    files = ManyFiles(
        label="盖章扫描件",
        widget=ManyFilesInput(attrs={"accept": "image/*,application/pdf,.ofd", "multiple": True}),
        help_text="盖好章的那一份：一个 PDF、OFD，或按页序选几张照片。存档以后内容不能再变。",
    )
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)


class PaperForm(forms.Form):
    """What was signed on the printed sheet (纸上审签): for each empty box who, when and what; the scan of the sheet."""

    files = ManyFiles(
        label="签过字的呈批单",
        widget=ManyFilesInput(attrs={"accept": "image/*,application/pdf,.ofd", "multiple": True}),
        help_text="扫描成一个 PDF，或按页序拍几张照片。",
    )
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        boxes: Mapping[str, Sequence[tuple[str, str]]] | None = None,
        today: date | None = None,
        **kwargs: Any,
    ):
        super().__init__(*args, **kwargs)
        self.boxes = list(boxes or {})
        for place, (title, people) in enumerate((boxes or {}).items()):
            self.fields[f"who-{place}"] = forms.ChoiceField(
                label=f"{title}：谁签的", required=False, choices=[("", "纸上没有签"), *people]
            )
            self.fields[f"on-{place}"] = forms.DateField(
                label=f"{title}：签署日期", required=False, initial=today, widget=forms.DateInput(**_DAY)
            )
            self.fields[f"verdict-{place}"] = forms.ChoiceField(
                label=f"{title}：意见", required=False, choices=Verdict.choices, initial=Verdict.AGREED
            )
            self.fields[f"remark-{place}"] = forms.CharField(
                label=f"{title}：批语", required=False, max_length=300
            )

    def clean(self):
        told = super().clean()
        for place in range(len(self.boxes)):
            if told.get(f"who-{place}") and not told.get(f"on-{place}"):
                self.add_error(f"on-{place}", "请填纸上的签署日期。")
        return told

    def told(self) -> list[tuple[str, UUID, date, Verdict, str]]:
        """The boxes that were filled (登记的栏): title, account, day, verdict, remark."""
        given = self.cleaned_data
        return [
            (
                title,
                UUID(given[f"who-{place}"]),
                given[f"on-{place}"],
                Verdict(given[f"verdict-{place}"] or Verdict.AGREED),
                given[f"remark-{place}"],
            )
            for place, title in enumerate(self.boxes)
            if given.get(f"who-{place}")
        ]
