"""What a form says of a field that was left empty (必填提示): what to do, in place of what the field is."""

from django import forms

_SAID = {
    forms.Field: "请填写。",
    forms.ChoiceField: "请选择。",
    forms.FileField: "请选择文件。",
    forms.BooleanField: "请勾选。",
}


def say_what_to_do() -> None:
    """Put our sentences in place of Django's; a form that knows a better one says it itself."""
    for field, sentence in _SAID.items():
        field.default_error_messages = {
            **field.__dict__.get("default_error_messages", {}),
            "required": sentence,
        }
