"""The kind of definition that forms are, with its worked examples."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from yimen.foundations.definitions.ports import Kind, Reader, kinds, readers
from yimen.foundations.forms.api import Fact, FormGrammar, judge
from yimen.foundations.forms.engine.wording import read_form
from yimen.foundations.forms.ports import prefill_sources


def run_form_example(form: FormGrammar, given: Mapping[str, Any], on: date | None) -> Mapping[str, Any]:
    """What comes of typed answers: ``answers``, ``hidden`` and ``mistakes`` by question; ``given.facts`` are facts."""
    typed = {key: value for key, value in given.items() if key != "facts"}
    facts = {name: Fact(value) for name, value in (given.get("facts") or {}).items()}
    judged = judge(form, typed, facts=facts, on=on or date.max)
    return {
        "answers": judged.answers,
        "hidden": sorted(judged.hidden),
        "mistakes": {key: fault.sentence for key, fault in judged.faults.items()},
    }


def check_form(form: FormGrammar) -> list[str]:
    """Facts that nobody can answer."""
    said = []
    for name in form.wanted_facts:
        key, item = name.split(".")
        source = prefill_sources.find(key)
        if source is None:
            said.append(f"预填来源「{key}」没有登记，现有：{'、'.join(prefill_sources.keys()) or '无'}")
        elif source.items and item not in source.items:
            said.append(f"预填来源「{key}」里没有「{item}」，现有：{'、'.join(source.items)}")
    return said


def asked_in(form: FormGrammar) -> list[str]:
    """Everything a form asks, in its own words: title, keys, labels, sections, help and what may be chosen."""
    said = [form.title]
    for one in form.questions:
        said += [one.key, one.label, one.section, one.help, one.constraint_says]
        said += [word for option in one.options for word in (option.value, option.label)]
        said += [band.label for band in one.bands]
    return said


kinds.register(
    Kind("form", FormGrammar, "表单", run_example=run_form_example, check=check_form, asks=asked_in)
)
readers.register(Reader("form", read_form))
