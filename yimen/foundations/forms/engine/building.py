"""Building a page's form (生成表单) from a version of a definition: Django's form outside, our judging inside."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html
from django.utils.safestring import SafeString

from yimen.foundations.definitions.api import Definition, names_in
from yimen.foundations.forms.engine.before import known_fact
from yimen.foundations.forms.engine.changing import begun_version, what_changed
from yimen.foundations.forms.engine.grammar import FormGrammar, Question
from yimen.foundations.forms.engine.judging import Judged, given_facts, judge, must_say
from yimen.foundations.forms.engine.reading import read_answer, shown, typed_again
from yimen.foundations.forms.ports import Fact
from yimen.kernel.faults import Fault

MANY = 7  # more options than this are a list to open rather than buttons
FILES = ".pdf,.jpg,.jpeg,.png,.docx,.xlsx,.ofd"


@dataclass(frozen=True)
class Section:
    """Questions under one heading (一栏)."""

    title: str
    fields: tuple[BoundField, ...]


class _ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class _WorkedOut(forms.Widget):
    """Shows what the server worked out; the browser works it out again while answers change. Nothing is sent."""

    EMPTY = "答完前面的题目后由系统算出"
    said = ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> None:
        return None

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        own = {
            **self.attrs,
            **(attrs or {}),
            "class": "worked-out",
            "tabindex": "-1",
            "data-empty": self.EMPTY,
        }
        return format_html("<output{}>{}</output>", flatatt(own), self.said or self.EMPTY)


class AnswerForm(forms.Form):
    """A filled or empty form on a page (填表). After ``is_valid()``: ``answers``, ``sources`` and ``uploads``.

    ``{{ form }}`` draws the questions with their help, mistakes and where a prefilled answer comes from; it goes into
    ``<c-form :form="form" plain>`` or any form element. ``facts`` are needed again when it is posted.
    """

    use_required_attribute = False

    def __init__(
        self,
        definition: Definition,
        *,
        on: date,
        data: Mapping[str, Any] | None = None,
        files: MultiValueDict | None = None,
        facts: Mapping[str, Fact] | None = None,
        answers: Mapping[str, Any] | None = None,
        prefix: str | None = None,
    ) -> None:
        super().__init__(data, files, prefix=prefix)
        self.definition = definition
        self.grammar: FormGrammar = definition.body
        self.on = on
        self.facts = dict(facts or {})
        self.former = dict(answers or {})
        self.judged = Judged()
        self.changed = ""
        for question in self.grammar.questions:
            self.fields[question.key] = self._field(question)
        if not self.is_bound and any(question.is_worked_out for question in self.grammar.questions):
            known = {question.key: self._known(question) for question in self.grammar.questions}
            self._show_worked_out(judge(self.grammar, known, facts=self.facts, on=on))

    @property
    def answers(self) -> dict[str, Any]:
        """The normalised answers; those of hidden questions are not among them."""
        return self.judged.answers

    @property
    def sources(self) -> dict[str, dict[str, Any]]:
        """Where prefilled answers came from, and whether they were corrected."""
        return self.judged.sources

    @property
    def uploads(self) -> dict[str, list[Any]]:
        """The uploaded files of the questions that show."""
        return {
            question.key: files
            for question in self._attachments()
            if question.key not in self.judged.hidden and (files := self._files(question.key))
        }

    @property
    def version_name(self) -> str:
        """Under which name a page says from which version it was drawn."""
        return self.add_prefix("form-version")

    def carry_on(self, kept: Mapping[str, Any]) -> None:
        """It was begun before, perhaps under another version (接着填): ``changed`` then says what is different now."""
        begun = begun_version(_last(kept, self.version_name))
        if begun is not None:
            self.changed = what_changed(begun, self.definition, lambda key: _all(kept, self.add_prefix(key)))

    @property
    def sections(self) -> tuple[Section, ...]:
        """The questions under their headings, in order."""
        found: list[tuple[str, list[BoundField]]] = []
        for question in self.grammar.questions:
            if not found or found[-1][0] != question.section:
                found.append((question.section, []))
            found[-1][1].append(self[question.key])
        return tuple(Section(title, tuple(fields)) for title, fields in found)

    @property
    def known_facts(self) -> dict[str, Any]:
        """The facts that the browser needs to judge as the server will: only those named in an expression."""
        asked = {
            name
            for question in self.grammar.questions
            for written in question.expressions.values()
            for name in names_in(written)
        }
        given = given_facts(self.grammar, self.facts)
        return {name: value for name, value in given.items() if name in asked}

    def render(
        self, template_name: str | None = None, context: Any = None, renderer: Any = None
    ) -> SafeString:
        return render_to_string("forms/form_fields.html", {"form": self})

    __str__ = render
    __html__ = render

    def _clean_fields(self) -> None:
        typed = {question.key: self[question.key].data for question in self.grammar.questions}
        for question in self._attachments():
            former = self.former.get(question.key) or []
            typed[question.key] = [*former, *(file.name for file in self._files(question.key))]
        self.judged = judge(self.grammar, typed, facts=self.facts, on=self.on)
        self.cleaned_data.update(self.judged.answers)
        self._show_worked_out(self.judged)
        for question in self._attachments():
            # What is kept of files are their ids, which they get when they are stored.
            if question.key in self.judged.answers:
                self.judged.answers[question.key] = list(self.former.get(question.key) or [])
        for key, source in self.judged.sources.items():
            self.fields[key].source = self._told(self.grammar.question(key), corrected=source["corrected"])
        self.carry_on(self.data)
        if self.changed:
            # Once: the page that comes back is drawn from the version in force.
            self.add_error(None, forms.ValidationError(self.changed, code="form_changed"))
        for key, fault in self.judged.faults.items():
            self.add_error(key, forms.ValidationError(fault.sentence, code=fault.code))

    def _known(self, question: Question) -> Any:
        fact = known_fact(question, self.facts)
        return self.former.get(question.key, fact.value if fact else None)

    def _show_worked_out(self, judged: Judged) -> None:
        for key, value in judged.worked_out.items():
            self.fields[key].widget.said = shown(self.grammar.question(key), value)

    def _attachments(self) -> Iterator[Question]:
        return (question for question in self.grammar.questions if question.type == "attachment")

    def _files(self, key: str) -> list[Any]:
        name = self.add_prefix(key)
        return self.files.getlist(name) if hasattr(self.files, "getlist") else list(self.files.get(name, ()))

    def _field(self, question: Question) -> forms.Field:
        fact = known_fact(question, self.facts)
        value = None if question.is_worked_out else read_answer(question, self._known(question), on=self.on)
        value = None if isinstance(value, Fault) else value
        field = forms.Field(widget=_WorkedOut) if question.is_worked_out else _FIELDS[question.type](question)
        field.label = question.label
        field.help_text = question.help
        field.required = question.required
        field.initial = typed_again(question, value)
        # What c-field draws and what the browser reads, besides Django's own.
        field.show_if = question.show_if
        field.required_if = question.required_if
        field.missing = must_say(question) if question.required_if else ""
        field.constraint = question.constraint
        field.constraint_says = question.constraint_says
        field.source = self._source(question, fact)
        field.question = question
        told = self._working(question) if question.is_worked_out else _attributes(question)
        field.widget.attrs.update(told)
        return field

    def _working(self, question: Question) -> dict[str, str]:
        """What the browser needs to work an answer out as the server does."""
        scored = {
            one.key: {option.value: option.points for option in one.options}
            for key in question.score
            if (one := self.grammar.question(key))
        }
        bands = [[float(band.at_least), band.label] for band in question.bands]
        return {
            "data-kind": question.type,
            "data-calculate": question.calculate,
            "data-score": json.dumps(scored, ensure_ascii=False) if scored else "",
            "data-bands": json.dumps(bands, ensure_ascii=False) if bands else "",
            "data-decimals": str(question.decimals),
            "data-unit": question.unit,
        }

    def _source(self, question: Question, fact: Fact | None) -> str:
        if fact is None or fact.value is None or not fact.source:
            return ""
        former = self.former.get(question.key)
        corrected = former is not None and former != read_answer(question, fact.value, on=self.on)
        return self._told(question, corrected=corrected)

    def _told(self, question: Question, *, corrected: bool) -> str:
        fact = known_fact(question, self.facts)
        known = read_answer(question, fact.value, on=self.on)
        return f"{fact.source}，已更正（原为 {shown(question, known)}）" if corrected else fact.source


def build_form(
    version: Definition,
    *,
    on: date,
    data: Mapping[str, Any] | None = None,
    files: MultiValueDict | None = None,
    facts: Mapping[str, Fact] | None = None,
    answers: Mapping[str, Any] | None = None,
    prefix: str | None = None,
) -> AnswerForm:
    """The form of a version for a page: empty, prefilled from ``facts``, from former ``answers``, or posted (``data``)."""
    return AnswerForm(version, on=on, data=data, files=files, facts=facts, answers=answers, prefix=prefix)


def _all(kept: Mapping[str, Any], name: str) -> list[str]:
    found = kept.getlist(name) if hasattr(kept, "getlist") else kept.get(name, [])
    return [str(one) for one in (found if isinstance(found, list | tuple) else [found]) if str(one).strip()]


def _last(kept: Mapping[str, Any], name: str) -> str:
    return next(reversed(_all(kept, name)), "")


def _line(question: Question) -> forms.Field:
    return forms.CharField(widget=forms.TextInput)


def _choice(question: Question) -> forms.Field:
    options = [(option.value, option.label) for option in question.options]
    if len(options) > MANY:
        return forms.ChoiceField(choices=[("", "请选择"), *options], widget=forms.Select)
    return forms.ChoiceField(choices=options, widget=forms.RadioSelect)


def _multi(question: Question) -> forms.Field:
    options = [(option.value, option.label) for option in question.options]
    return forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple)


def _yesno(question: Question) -> forms.Field:
    return forms.ChoiceField(choices=[("yes", "是"), ("no", "否")], widget=forms.RadioSelect)


_FIELDS = {
    "text": _line,
    "person": _line,
    "address": _line,
    "phone": _line,
    "id_number": _line,
    "money": _line,
    "number": _line,
    "date": _line,
    "longtext": lambda question: forms.CharField(widget=forms.Textarea(attrs={"rows": 4})),
    "choice": _choice,
    "multi": _multi,
    "yesno": _yesno,
    "attachment": lambda question: forms.FileField(widget=_ManyFiles),
    "note": lambda question: forms.Field(),
}


def _attributes(question: Question) -> dict[str, str]:
    """Help for typing; ``data-kind`` tells the browser how to read the answer in conditions."""
    own = {
        "phone": {"inputmode": "tel", "autocomplete": "off"},
        "id_number": {"inputmode": "text", "autocomplete": "off", "maxlength": "24"},
        "money": {"inputmode": "decimal", "autocomplete": "off"},
        "number": {"inputmode": "decimal" if question.decimals else "numeric", "autocomplete": "off"},
        "date": {"inputmode": "numeric", "placeholder": "2026-03-02", "autocomplete": "off"},
        "attachment": {"accept": FILES},
    }.get(question.type, {})
    if question.max_length and question.type in ("text", "longtext", "address"):
        own["maxlength"] = str(question.max_length)
    if question.unit:
        own["data-unit"] = question.unit
    return {**own, "data-kind": "pattern" if question.pattern else question.type}
