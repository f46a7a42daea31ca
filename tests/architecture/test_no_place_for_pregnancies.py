"""No table holds a period or a pregnancy but the treating clinician's record (经孕情信息): a walk over whatever can keep or ask.

Tables as models say them and as the database has them, forms, lists and their sheets, columns of imports, facts that prefill,
definitions; then what people make themselves: forms, headings, sheets. Sources: 个人信息保护法
第六、二十八、二十九条; 妇女权益保障法 (2022) 第二十八条.
"""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django import forms
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

from tests.architecture.conventions import modules, room_of
from yimen.foundations.definitions.api import CannotUseDefinitions, publish
from yimen.foundations.definitions.engine.folders import read_files
from yimen.foundations.definitions.ports import kinds
from yimen.foundations.definitions.rules.not_asked import NOT_ASKED, NotAsked, refusals
from yimen.foundations.forms.ports import prefill_sources
from yimen.foundations.imports.ports import importers
from yimen.foundations.ui.api import ListScreen
from yimen.kernel.privacy import PrivacyClass
from yimen.registers.people.ports import file_cards

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("S3-28")]
ROOT = Path(__file__).resolve().parents[2]
RULE = "periods_and_pregnancies"
COLUMN = re.compile(
    r"menstru|menses|pregnan|gravid|gestat|ovulat|parity|trimester|antenatal|prenatal|last_period|\blmp\b|"
    r"(^|_)cycle(_|$)|expecting|expected_on|due_date|月经|经期|孕"
)
# Where somebody told it herself, and why that may be: nothing else is let through. Each is sensitive, has a permission of its
# own that no window holds, and goes when she says so (tests of family).
TOLD_BY_HERSELF = {
    "family_registration.expected_on": "生育登记可以在生育前办：本人来登记、同意才留存、随时删除（S0-02）",
    "family_registration.stage": "同上",
}
SPECIAL_CARDS = {"family_registration": "family.registrations"}


def _rule() -> NotAsked:
    return next(file.body for file in read_files() if (file.kind, file.key) == (NOT_ASKED, RULE))


def _models() -> Iterator[tuple[str, str]]:
    for model in apps.get_models():
        for field in model._meta.get_fields():
            choices = " ".join(f"{key} {word}" for key, word in getattr(field, "choices", None) or ())
            column = getattr(field, "column", None) or field.name
            label = getattr(field, "verbose_name", "")
            help_text = getattr(field, "help_text", "")
            yield f"{model._meta.db_table}.{column}", f"{field.name} {label} {help_text} {choices}"


def _database() -> Iterator[tuple[str, str]]:
    """Columns as they are, with their comments, and the words of check constraints and enumerations."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, a.attname, coalesce(col_description(c.oid, a.attnum), '')"
            " FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
            " JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')"
            " AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND a.attnum > 0 AND NOT a.attisdropped"
        )
        yield from (
            (f"{table}.{column}", f"{column} {comment}") for table, column, comment in cursor.fetchall()
        )
        cursor.execute("SELECT enumlabel FROM pg_enum")
        yield from ((f"enum {word}", word) for (word,) in cursor.fetchall())


def _forms() -> Iterator[tuple[str, str]]:
    for path in modules(ROOT):
        if room_of(path.relative_to(ROOT)) == "forms":
            import_module(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
    for form in _below(forms.BaseForm):
        if form.__module__.startswith("yimen."):
            for name, field in getattr(form, "base_fields", {}).items():
                choices = getattr(field, "choices", None) or ()
                words = " ".join(str(one) for one in choices) if isinstance(choices, list | tuple) else ""
                yield f"{form.__qualname__}.{name}", f"{name} {field.label} {field.help_text} {words}"


def _sheets() -> Iterator[tuple[str, str]]:
    """Columns of every list and of the sheet it becomes; columns that an import takes; facts that fill in by themselves."""
    for path in modules(ROOT):
        if room_of(path.relative_to(ROOT)) == "lists":
            import_module(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
    for screen in _below(ListScreen):
        if screen.__module__.startswith("yimen.") and hasattr(screen, "name"):
            yield from ((f"{screen.name}.{one.key}", f"{one.key} {one.title}") for one in screen.columns)
            yield from ((f"{screen.name}?{one.key}", f"{one.key} {one.title}") for one in screen.filters)
    for importer in importers:
        for one in importer.columns:
            yield f"import {importer.key}.{one.key}", f"{one.key} {one.title} {' '.join(one.words)}"
    for source in prefill_sources:
        yield from ((f"fact {source.key}.{item}", item) for item in source.items)


def _below(kind: type) -> Iterator[type]:
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)


WALKS = {"models": _models, "database": _database, "forms": _forms, "sheets": _sheets}


@pytest.mark.parametrize("walk", WALKS)
def test_nothing_that_keeps_or_asks_has_a_place_for_it(walk):
    rule, seen, found = _rule(), 0, []
    for where, words in WALKS[walk]():
        seen += 1
        if where not in TOLD_BY_HERSELF and (rule.found_in(words) or COLUMN.search(words.lower())):
            found.append(f"{where}: {words.strip()}")
    assert seen > 100 and found == []


def test_the_walk_finds_what_it_looks_for():
    found = {where for where, words in _models() if COLUMN.search(words)}
    assert set(TOLD_BY_HERSELF) <= found, "an exception that nothing needs any more"
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY VIEW walked AS SELECT 1 AS last_menses")
    assert [
        where for where, words in _database() if COLUMN.search(words) and where not in TOLD_BY_HERSELF
    ] == ["walked.last_menses"]


def test_what_she_told_herself_is_sensitive_and_stands_on_a_special_card():
    for place in TOLD_BY_HERSELF:
        table = place.split(".")[0]
        [model] = [one for one in apps.get_models() if one._meta.db_table == table]
        assert model.privacy.kind is PrivacyClass.SENSITIVE
        [card] = [one for one in file_cards if one.key == SPECIAL_CARDS[table]]
        assert card.special


def test_no_definition_asks_or_counts_it_but_her_own_notice():
    rule, asked = _rule(), 0
    for file in read_files():
        words = list(kinds.get(file.kind).asks(file.body)) if kinds.get(file.kind).asks else []
        asked += bool(words)
        assert refusals(words, [rule], name=f"{file.kind}/{file.key}") == []
    assert asked > 50
    assert {one.definition for one in rule.allowed} == {
        "form/birth_registration",
        "matter/birth_registration",
    }
    assert {kind.name for kind in kinds if kind.asks} == {"form", "heading", "indicator", "item", "matter"}


QUESTION = {"key": "told", "type": "date", "purpose": "工作需要"}
SAID = "只有给她看病的医生"


@pytest.mark.parametrize(
    "question",
    [
        QUESTION | {"label": "末次月经日期"},
        QUESTION | {"label": "是否怀 孕", "type": "yesno"},
        QUESTION | {"label": "日期", "key": "last_period"},
        QUESTION | {"label": "情况", "type": "choice", "options": ["在家", "孕情待查"]},
        QUESTION | {"label": "日期", "help": "填经期第一天"},
        QUESTION | {"label": "日期", "section": "孕检登记"},
        QUESTION | {"label": "ＰＲＥＧＮＡＮＣＹ"},
    ],
)
def test_a_form_that_people_make_themselves_is_refused_with_a_sentence(acting, system, now, today, question):
    body = {"title": "重点人员情况表", "questions": [question]}
    with acting(system), pytest.raises(CannotUseDefinitions, match=SAID):
        publish(by=system, at=now, kind="form", key="key_persons", body=body, effective_on=today)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("item", {"title": "孕情随访", "unit": "人次"}),
        (
            "heading",
            {"title": "末次月经", "words": ["LMP"], "fact": "person.phone", "permission": "people.find"},
        ),
    ],
)
def test_neither_a_count_nor_a_heading_of_it_can_be_published(acting, system, now, today, kind, body):
    with acting(system), pytest.raises(CannotUseDefinitions, match=SAID):
        publish(by=system, at=now, kind=kind, key="key_persons", body=body, effective_on=today)


def test_a_file_of_the_street_that_asks_it_is_not_taken_over(tmp_path, settings):
    settings.YIMEN_SITE = str(tmp_path)
    home = tmp_path / "definitions" / "form"
    home.mkdir(parents=True)
    (home / "key_persons.toml").write_text(
        'title = "登记表"\n[[questions]]\nkey = "told"\nlabel = "孕周"\ntype = "number"\npurpose = "掌握情况"\n',
        encoding="utf-8",
    )
    with pytest.raises(CommandError, match=SAID):
        call_command("sync_definitions")


def test_the_rule_is_data_that_a_street_sharpens(acting, system, now, today):
    body = next(file.data for file in read_files() if (file.kind, file.key) == (NOT_ASKED, RULE))
    form = {"title": "情况表", "questions": [QUESTION | {"label": "备孕说明", "type": "text"}]}
    with acting(system):
        publish(
            by=system, at=now, kind=NOT_ASKED, key=RULE, body=body | {"words": [*body["words"], "备孕"]},
            effective_on=today, change="备孕也不问",
        )  # fmt: skip
        with pytest.raises(CannotUseDefinitions, match="备孕"):
            publish(by=system, at=now, kind="form", key="key_persons", body=form, effective_on=today)


def test_ordinary_words_are_left_alone():
    rules = [file.body for file in read_files() if file.kind == NOT_ASKED]
    innocent = (
        "经办人", "人流量", "共同居住人", "物流产业", "检查环境", "循环情况", "减少生活垃圾", "标准生产", "线上环节", "提取环节",
        "吸引产业", "暂停经营", "合同已经期满", "超生产能力", "生育登记", "婚姻状况", "子女情况", "孕产妇服务包",
    )  # fmt: skip
    assert refusals(innocent, rules) == []
