"""The shape of input of a consent."""

from django import forms

from yimen.registers.consents.choices import Proof


class ConsentForm(forms.Form):
    """She agreed to one purpose (登记同意)."""

    proof = forms.ChoiceField(label="怎么证明", widget=forms.RadioSelect)
    proof_note = forms.CharField(
        label="证明在哪里",
        max_length=120,
        required=False,
        help_text="如：协议第 3 页签字，存社区档案柜；口头的写谁在场。",
    )
    said_by = forms.CharField(
        label="监护人", max_length=80, required=False, help_text="不满十四周岁的才填：由监护人同意。"
    )

    def __init__(self, *args, proofs, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["proof"].choices = [(key, Proof(key).label) for key in proofs]
