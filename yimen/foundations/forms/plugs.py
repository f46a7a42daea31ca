"""The kind of definition that forms are, with its worked examples."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from yimen.foundations.definitions.ports import Kind, Reader, kinds, readers
from yimen.foundations.documents.api import FileKind
from yimen.foundations.documents.ports import Purpose, purposes
from yimen.foundations.forms.api import BUILD, Fact, FormGrammar, judge
from yimen.foundations.forms.engine.wording import asked_in, read_form
from yimen.foundations.forms.operations.drafts import PURPOSE
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


kinds.register(
    Kind("form", FormGrammar, "表单", run_example=run_form_example, check=check_form, asks=asked_in)
)
readers.register(Reader("form", read_form))
purposes.register(
    Purpose(
        key=PURPOSE,
        title="表单工作簿",
        most=1,
        kinds=frozenset({FileKind.XLSX}),
        personal=False,
        store_permission=BUILD,
        open_permission=BUILD,
    )
)
