"""The national list of areas: loaded by command, compared with what is known, adopted for one's own street."""

import gzip
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from yimen.foundations.bus.api import act_as
from yimen.registers.places import api as places
from yimen.registers.places.models import NationalArea

pytestmark = pytest.mark.django_db
FIRST, SECOND = "2025-01-01", "2026-01-01"
ROWS = {
    "33": "浙江省",
    "3302": "宁波市",
    "330212": "鄞州区",
    "330212007": "潘火街道",
    "330212007001": "东莺社区居委会",
    "330212007201": "王家村委会",
    "330212008": "百丈街道",
    "330212008001": "潜龙社区居委会",
}


@pytest.fixture
def load(tmp_path, capsys):
    def run(rows, *more, as_of=FIRST):
        for old in tmp_path.iterdir():
            old.unlink()
        wide = {code: name for code, name in rows.items() if len(code) < 12}
        (tmp_path / "streets.csv").write_text(
            "name,code\n" + "".join(f'"{name}",{code}\n' for code, name in wide.items()), encoding="utf-8"
        )
        with gzip.open(tmp_path / "villages.csv.gz", "wt", encoding="utf-8") as stream:
            stream.write("code,name,streetCode\n")
            for code, name in rows.items():
                if len(code) == 12:
                    stream.write(f'{code},"{name}",{code[:9]}\n')
        call_command("load_areas", str(tmp_path), "--as-of", as_of, *more)
        return capsys.readouterr().out

    return run


def standing(on: str) -> dict[str, str]:
    return dict(NationalArea.objects.on(date.fromisoformat(on)).values_list("code", "name"))


def test_the_list_is_loaded_and_the_same_list_again_changes_nothing(load):
    assert "社区（村）：清单 3 条，新增 3，更名 0，取消 0" in load(ROWS)
    assert "社区（村）：清单 3 条，新增 0，更名 0，取消 0" in load(ROWS)
    assert standing(FIRST) == ROWS
    assert NationalArea.objects.count() == len(ROWS)


def test_a_later_list_ends_renames_and_begins_and_the_former_stays_readable(load):
    load(ROWS)
    later = {code: name for code, name in ROWS.items() if code != "330212007201"}
    later |= {"330212007005": "王家社区居委会", "330212007001": "东莺苑社区居委会"}
    said = load(later, as_of=SECOND)
    assert "社区（村）：清单 3 条，新增 1，更名 1，取消 1" in said
    assert standing(SECOND) == later
    assert standing("2025-12-31") == ROWS


def test_a_list_of_some_streets_says_nothing_of_the_others(load):
    load(ROWS)
    load({"330212007001": "东莺社区居委会", "330212007201": "王家村委会"}, as_of=SECOND)
    assert standing(SECOND) == ROWS


def test_what_lies_in_a_street_that_is_gone_is_gone_too(load):
    load(ROWS)
    load({code: name for code, name in ROWS.items() if not code.startswith("330212008")}, as_of=SECOND)
    assert "330212008001" not in standing(SECOND)


def test_a_list_after_which_much_would_be_gone_is_asked_about(load):
    many = ROWS | {f"330212007{number:03d}": f"第{number}社区居委会" for number in range(300, 330)}
    load(many)
    with pytest.raises(CommandError, match="要取消 30 条"):
        load(ROWS, as_of=SECOND)
    assert standing(SECOND) == many
    load(ROWS, "--with-gone", as_of=SECOND)
    assert standing(SECOND) == ROWS


def test_an_older_list_a_wrong_code_and_an_empty_folder_are_refused_in_words(load, tmp_path):
    load(ROWS, as_of=SECOND)
    with pytest.raises(CommandError, match="已有2026年01月01日的清单"):
        load(ROWS)
    with pytest.raises(CommandError, match="代码“33021”"):
        load({"33021": "错的"}, as_of=SECOND)
    for file in tmp_path.iterdir():
        file.unlink()
    with pytest.raises(CommandError, match="没有 csv"):
        call_command("load_areas", str(tmp_path))
    (tmp_path / "broken.csv.gz").write_bytes(b"no gzip")
    with pytest.raises(CommandError, match="可能不完整"):
        call_command("load_areas", str(tmp_path))
    assert standing(SECOND) == ROWS


def test_ones_own_street_is_opened_from_the_list(load, system):
    assert "设立区域 4 个" in load(ROWS, "--street", "330212007")
    with act_as(system, on=date(2026, 11, 20)):
        assert [line.name for line in places.communities_of("330212007")] == ["东莺社区", "王家村"]
        assert places.full_area_name("330212007201") == "鄞州区潘火街道王家村"
    with pytest.raises(CommandError, match="没有代码 330299001"):
        load(ROWS, "--street", "330299001")
