"""A form as people read it (释读): its questions in order, what each is asked for, and when it is asked."""

from yimen.foundations.definitions.api import Definition, names_in, words_of
from yimen.foundations.definitions.ports import Line, Part, Reading
from yimen.foundations.forms.engine.grammar import FormGrammar, Question


def read_form(definition: Definition, *, title: str) -> Reading:
    """The questions of a form, by section."""
    form = definition.body
    sections: dict[str, list[Line]] = {}
    for question in form.questions:
        sections.setdefault(question.section, []).append(_line(form, question))
    parts = [Part(section or "题目", tuple(lines)) for section, lines in sections.items()]
    if form.notice:
        parts.append(
            Part("告知书", sentences=tuple(line for line in form.notice.splitlines() if line.strip()))
        )
    return Reading(title, form.intro, tuple(parts))


def _line(form: FormGrammar, question: Question) -> Line:
    kind = words_of(question.type, Question, "type")
    if question.type == "note":
        told = f"{kind}，看{_asked(form, question.show_if)}而定" if question.show_if else kind
        return Line(question.label, "。".join(filter(None, (told, question.help))))
    chosen = "：" + "、".join(option.label for option in question.options) if question.options else ""
    told = [f"{kind}{chosen}", "必填" if question.required else "可不填"]
    if question.is_worked_out:
        told = [kind, "由系统算出，不用填"]
    if question.bands:
        told.append(bands_in_words(question))
    if question.required_if:
        told[-1] = f"是否必填看{_asked(form, question.required_if)}而定"
    if question.show_if:
        told.append(f"看{_asked(form, question.show_if)}而定")
    if question.constraint:
        told.append(f"不合要求时提示“{question.constraint_says}”")
    if question.prefill:
        told.append("能从档案带出的自动填好")
    return Line(question.label, f"{'；'.join(told)}。用途：{question.purpose}")


def asked_in(form: FormGrammar) -> list[str]:
    """Everything a form asks, in its own words: title, keys, labels, sections, help and what may be chosen."""
    said = [form.title]
    for one in form.questions:
        said += [one.key, one.label, one.section, one.help, one.constraint_says]
        said += [word for option in one.options for word in (option.value, option.label)]
        said += [band.label for band in one.bands]
    return said


def bands_in_words(question: Question) -> str:
    """All bands, highest first: 90 分起为能力完好，66 分起为轻度失能."""
    return "，".join(
        f"{band.at_least:f} {question.unit}起为{band.label}" for band in reversed(question.bands)
    )


def _asked(form: FormGrammar, written: str) -> str:
    return "、".join(f"“{_label(form, name)}”" for name in sorted(names_in(written)))


def _label(form: FormGrammar, name: str) -> str:
    found = form.question(name)
    return found.label if found else name
