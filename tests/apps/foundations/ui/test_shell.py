"""The doors of pages, the navigation, the text size and the gallery."""

from pathlib import Path

import pytest
from django.template.loader import get_template

from yimen.foundations.ui import ports
from yimen.foundations.ui.ports import AreaNamer, Bell, NavItem, TodayLine
from yimen.foundations.ui.templatetags.components import DRAWN
from yimen.kernel.actor import Actor, ActorKind


@pytest.fixture
def plugged(monkeypatch):
    """Registries of the test's own, so that it does not depend on which apps are there."""

    def plug(name, *items):
        old = getattr(ports, name)
        fresh = type(old)(old.base, name=old.name, key=old._key)
        for item in items:
            fresh.register(item)
        monkeypatch.setattr(ports, name, fresh)

    for name in ("navigation", "today_lines", "bells", "area_namers"):
        plug(name)
    return plug


def items(permission, *numbers):
    return [NavItem(f"页{number}", f"tests:n{number}", "home", permission, number) for number in numbers]


def test_nobody_is_sent_to_sign_in_and_back(site):
    response = site.get("/kept?a=1")
    assert response.status_code == 302
    assert response["Location"] == "/sign-in?next=%2Fkept%3Fa%3D1"


def test_a_part_asked_for_without_sign_in_moves_the_whole_page(site):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/parted?x=1"}
    response = site.get("/kept", headers=headers)
    assert response["HX-Redirect"] == "/sign-in?next=%2Fparted%3Fx%3D1"


def test_a_machine_without_sign_in_gets_401(site):
    assert site.get("/kept", headers={"Accept": "application/json"}).status_code == 401


def test_a_foreign_referer_is_never_the_way_back(site):
    response = site.post("/kept", headers={"Referer": "https://evil.example/kept"})
    assert response["Location"] == "/sign-in?next=%2F"


def test_a_page_opens_only_to_who_holds_its_permission_somewhere(site, make_actor):
    site.acts_as(make_actor())
    assert site.get("/kept").status_code == 403
    assert site.get("/signed-in").status_code == 200
    site.acts_as(make_actor("tests.open", area="330212007001"))
    opened = site.get("/kept")
    assert opened.content.decode() == "进来了"
    assert "no-store" in opened["Cache-Control"]


def test_the_navigation_is_the_union_of_posts_nine_and_the_rest_under_more(site, make_actor, plugged):
    plugged(
        "navigation", *items("tests.a", *range(6)), *items("tests.b", *range(6, 11)), *items("tests.c", 11)
    )
    site.acts_as(make_actor("tests.a", "tests.b", "ui.view_gallery"))
    nav = site.get("/ui/gallery").content.decode().split('id="nav"')[1].split("</nav>")[0]
    before, _, after = nav.partition("更多")
    assert [f"页{n}" in before for n in range(12)] == [True] * 9 + [False] * 3
    assert "页9" in after
    assert "页10" in after
    assert "页11" not in nav


def test_the_current_page_is_marked_once(site, make_actor, plugged):
    gallery = NavItem("样例", "ui:gallery", "home", None, 1)
    plugged("navigation", gallery, NavItem("样例清单", "ui:sample-list", "list", None, 2))
    site.acts_as(make_actor("ui.view_gallery"))
    nav = site.get("/ui/gallery/list").content.decode().split('id="nav"')[1].split("</nav>")[0]
    assert nav.count('aria-current="page"') == 1
    assert '<a href="/ui/gallery/list" aria-current="page">' in nav


def test_the_head_tells_today_the_messages_and_the_area(site, make_actor, plugged):
    plugged(
        "today_lines",
        TodayLine("b", 2, lambda by, at: "接待日"),
        TodayLine("a", 1, lambda by, at: f"{at.month}月"),
    )
    plugged("bells", Bell("x", "tests:n1", lambda by: 120))
    plugged("area_namers", AreaNamer("x", lambda code: f"区域{code}"))
    site.acts_as(make_actor("ui.view_gallery", name="王秀兰"))
    head = site.get("/ui/gallery").content.decode().split("</header>")[0]
    assert "11月 · 接待日" in head
    assert "120 条未读" in head
    assert "99+" in head
    assert "王秀兰" in head
    assert "区域330212007" in head


def test_a_resident_never_sees_the_staff_shell(site):
    site.acts_as(Actor(key="account:x", name="居民", kind=ActorKind.RESIDENT))
    assert "shell-nav" not in site.get("/refuse/missing").content.decode()


@pytest.mark.parametrize("size", ["large", "huge"])
def test_the_text_size_is_kept_and_rendered_by_the_server(site, size):
    response = site.post("/ui/text-size", {"size": size, "next": "/parted"})
    assert response["Location"] == "/parted"
    assert f'class="text-{size}"' in site.get("/parted").content.decode()
    site.post("/ui/text-size", {"size": "", "next": "/parted"})
    assert "text-large" not in site.get("/parted").content.decode()


def test_the_text_size_leads_to_no_foreign_site(site):
    assert site.post("/ui/text-size", {"size": "large", "next": "//evil.example"})["Location"] == "/"


def test_the_gallery_shows_every_component(site, make_actor):
    site.acts_as(make_actor("ui.view_gallery", "ui.export_lists"))
    response = site.get("/ui/gallery")
    assert response.status_code == 200
    text = response.content.decode()
    source = Path(get_template("ui/gallery.html").origin.name).read_text(encoding="utf-8")
    inside_others = {"form-errors", "field", "table"}
    files = Path(get_template("cotton/field.html").origin.name).parent.glob("*.html")
    components = {file.stem.replace("_", "-") for file in files} | DRAWN.keys()
    missing = {name for name in components if f"<c-{name}" not in source}
    assert missing <= inside_others
    assert "还缺 1 份材料" in text
    assert "（必填）" in text
    assert "来自居民档案 2026年3月2日" in text


def test_a_wrong_form_names_each_field_and_leads_to_it(site, make_actor):
    site.acts_as(make_actor("ui.view_gallery"))
    text = site.get("/ui/gallery").content.decode()
    assert 'href="#id_wrong_birth_on"' in text
    assert 'aria-describedby="id_wrong_birth_on-error"' in text
    assert 'value="138"' in text
