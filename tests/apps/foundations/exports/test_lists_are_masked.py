"""Every declared list says which of its columns tell a resident apart, and every source of full exports is there."""

from importlib import import_module
from importlib.util import find_spec

import pytest
from django.apps import apps

from yimen.foundations.exports.ports import sources
from yimen.foundations.ui.api import ListScreen

TELLING = {
    "居民", "申请人", "姓名", "电话", "联系电话", "电话尾号", "住址", "现住址", "证件号码", "身份证号码", "出生日期", "户主",
}  # fmt: skip
# Of staff, of offices, of a made-up gallery, or masked before it reaches the list.
OTHERS = {
    "ui.samples", "ui.samples_empty", "office.accounts", "office.looks", "organisations", "exports.exports",
}  # fmt: skip


def every_screen() -> list[type[ListScreen]]:
    for app in apps.get_app_configs():
        if app.name.startswith("yimen.") and find_spec(f"{app.name}.lists"):
            import_module(f"{app.name}.lists")
    found, left = [], [ListScreen]
    while left:
        subs = left.pop().__subclasses__()
        left += subs
        found += [one for one in subs if one.__module__.startswith("yimen.") and hasattr(one, "name")]
    return found


def test_a_column_that_tells_a_resident_is_private():
    screens = every_screen()
    assert len(screens) > 30
    bare = [
        f"{screen.name}.{column.key}"
        for screen in screens
        for column in getattr(screen, "columns", ())
        if column.title in TELLING and not column.private and screen.name not in OTHERS
    ]
    assert bare == []


@pytest.mark.parametrize(
    "key", ["people.residents", "people.papers_missing", "desk.cases", "health.contracts"]
)
def test_a_source_is_the_list_of_its_name(key):
    source = sources.get(key)
    assert source.screen.name == key
    assert any(column.private for column in source.screen.columns)
