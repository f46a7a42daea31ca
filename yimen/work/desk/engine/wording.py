"""A matter as people read it: the guide for those who come with it (办事指南), after GB/T 39554.1-2020."""

from collections.abc import Iterator

from yimen.foundations.definitions.api import Definition, names_in, pinned, title_of, words_of
from yimen.foundations.definitions.ports import Everyday, Line, Part, Reading, everyday
from yimen.work.desk.engine.grammar import Ask, Letters, Matter, Paper


def read_matter(definition: Definition, *, title: str) -> Reading:
    """The guide: how long, which papers, what comes of it, on which ground, and what happens behind the window."""
    matter: Matter = definition.body
    form = pinned(definition, "form", matter.form)
    days = matter.days
    promise = "当天办结" if matter.same_day() else f"承诺 {days.promised} 个工作日"
    return Reading(
        title,
        matter.summary,
        (
            Part(
                "怎么办",
                (
                    Line("多久办好", promise),
                    Line("法定时限", f"{days.legal} 个工作日（{days.legal_source}）"),
                    Line("哪一级受理", words_of(matter.level, Matter, "level")),
                    Line("办理方式", _way(matter)),
                    Line("办理结果", matter.result),
                    Line("收费", matter.fee),
                    Line("填什么表", title_of(form), refers=("form", form.key)),
                ),
            ),
            *_for_whom(matter),
            Part("带什么材料", sentences=tuple(_papers(matter, form)) or ("不用带材料。",), numbered=True),
            Part(
                "依据", sentences=tuple(f"{one.document}{one.article}" for one in matter.basis), numbered=True
            ),
            Part("居民常这样说", sentences=("、".join(matter.says) or "还没有记",)),
            Part("窗口后面", tuple(_behind(definition, matter))),
        ),
    )


def _way(matter: Matter) -> str:
    if matter.passed_on:
        return (
            f"代收转送，由{matter.passed_on.to}决定；{matter.passed_on.takes}；查结果找{matter.passed_on.ask}"
        )
    if matter.way == "notice":
        return words_of(matter.way, Matter, "way")
    return f"{words_of(matter.way, Matter, 'way')}，由{words_of(matter.decides, Matter, 'decides')}决定"


def _for_whom(matter: Matter) -> Iterator[Part]:
    if matter.conditions:
        said = tuple(
            f"{one.title}。{'只提醒' if one.warns else '不符合时说'}：{one.otherwise}"
            for one in matter.conditions
        )
        yield Part("什么条件", sentences=said, numbered=True)


def _papers(matter: Matter, form: Definition) -> Iterator[str]:
    for paper in matter.papers:
        told = [words_of(paper.keep, Paper, "keep")]
        told += [_needed(paper.needed_if, form)] if paper.needed_if else []
        told += [f"{paper.reuse_days} 天内交过的直接用"] if paper.reuse_days else []
        told += [_later(paper)] if paper.may_follow else []
        told += ["可以承诺代替"] if paper.may_promise else []
        yield f"{paper.title}：{'；'.join(told)}。{paper.how}"


def _needed(expression: str, form: Definition) -> str:
    asked = "、".join(f"“{_asked(form, name)}”" for name in sorted(names_in(expression)))
    return f"看{asked}而定，不是人人都要"


def _note(definition: Definition, line: Paper | Ask) -> str:
    """What else holds for a paper or a unit that is asked: upon what it depends."""
    return (
        f"{_needed(line.needed_if, pinned(definition, 'form', definition.body.form))}。"
        if line.needed_if
        else ""
    )


def _later(paper: Paper) -> str:
    return f"可以后补，{paper.follow_days} 个工作日内补齐" if paper.follow_days else "可以后补"


def _asked(form: Definition, name: str) -> str:
    question = form.body.question(name)
    return question.label if question else name


def _behind(definition: Definition, matter: Matter) -> Iterator[Line]:
    for name, key in matter.letters.model_dump().items():
        letter = pinned(definition, "letter", key)
        yield Line(f"{Letters.labels[name]}用的文书", title_of(letter), refers=("letter", key))
    for one in matter.ask:
        when = "看填的内容而定，" if one.needed_if else ""
        yield Line(f"一并征询{one.title}", f"{when}{one.days} 个工作日内答复：{one.question}")
    for key in matter.items:
        yield Line("计入台账", title_of(pinned(definition, "item", key)), refers=("item", key))
    yield Line("归档", f"{matter.archive.category}，保管 {matter.archive.kept}")


# What a section changes of a matter without a developer: what people read, what they bring, and how long it takes.
EVERYDAY = (
    *everyday("summary", "says", "who", "days.promised", "result", "fee", "same_again_days"),
    Everyday(
        ("papers",),
        columns=("title", "how", "keep", "reuse_days", "may_follow", "follow_days", "may_promise"),
        note=_note,
    ),
    Everyday(("ask",), columns=("title", "question", "days"), fixed=True, note=_note),
)
