"""Components drawn by functions: every word is escaped once, slots and attributes arrive."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.template import Context, Template, TemplateSyntaxError

HOSTILE = "<script>\"&'"


def drawn(source: str, **told) -> str:
    return " ".join(Template(source).render(Context(told)).split())


@pytest.mark.parametrize(
    "source",
    [
        '{% cotton action label="{{ it }}" url="{{ it }}" /%}',
        '{% cotton action :label="it" :url="it" :why_not="it" /%}',
        '{% cotton action :label="it" :url="it" :name="it" :value="it" :confirm="it" method="post" /%}',
        '{% cotton alert :tone="it" :title="it" %}{{ it }}{% endcotton %}',
        '{% cotton badge %}{{ it }}{% endcotton %}',
        '{% cotton card :title="it" :hint="it" :tone="it" :level="it" :class="it" %}{{ it }}'
        '{% cotton:slot tools %}{{ it }}{% endcotton:slot %}{% cotton:slot foot %}{{ it }}{% endcotton:slot %}{% endcotton %}',
        '{% cotton columns :class="it" %}{{ it }}{% endcotton %}',
        '{% cotton empty :title="it" :hint="it" %}{{ it }}{% endcotton %}',
        '{% cotton fact :label="it" :source="it" %}{{ it }}{% endcotton %}{% cotton fact :none="it" /%}',
        '{% cotton form :action="it" :draft="it" %}{{ it }}{% endcotton %}',
        '{% cotton timeline :items="them" /%}{% cotton timeline items="" :empty="it" /%}',
        '{% cotton menu :label="it" %}{{ it }}{% endcotton %}',
        '{% cotton menu-line :label="it" :url="it" /%}{% cotton menu-line :url="it" :confirm="it" post="1" /%}',
        '{% cotton page-head :title="it" :subtitle="it" :back="it" :back_label="it" %}{{ it }}{% endcotton %}',
        '{% cotton submit :label="it" :name="it" :value="it" :confirm="it" /%}',
    ],
)  # fmt: skip
def test_every_word_is_escaped_once(source):
    told = dict.fromkeys(("title", "text", "by", "url", "tone"), HOSTILE) | {"at": date(2026, 3, 2)}
    shown = drawn(source, it=HOSTILE, them=[told, SimpleNamespace(**told)])
    assert "<script>" not in shown
    assert "&amp;lt;" not in shown
    assert "&lt;script&gt;&quot;&amp;&#x27;" in shown


def test_a_slot_between_the_tags_reaches_the_component_it_stands_in():
    shown = drawn(
        '{% cotton card title="外" %}{% cotton card title="内" %}{% cotton:slot tools %}内具{% endcotton:slot %}内文'
        "{% endcotton %}{% cotton:slot tools %}外具{% endcotton:slot %}{% endcotton %}"
    )
    outer, inner = shown.split('aria-label="内"')
    assert "外具" in outer
    assert "内具" not in outer
    assert "内具" in inner
    assert "外具" not in inner


def test_attributes_that_a_component_does_not_know_are_handed_on_in_their_order():
    shown = drawn('{% cotton submit label="挂起" title="F4" data-key="F4" formnovalidate /%}')
    assert 'title="F4" data-key="F4" formnovalidate>挂起' in shown


def test_what_the_page_does_not_tell_is_the_default():
    assert drawn('{% cotton fact label="电话" :none="nowhere" /%}').endswith(
        '<span class="text-quiet">—</span></dd></div>'
    )


def test_a_component_drawn_twice_shows_what_is_told_each_time():
    page = Template(
        '{% for it in them %}{% cotton badge tone="{{ it }}" %}{{ it }}{% endcotton %}{% endfor %}'
    )
    assert page.render(Context({"them": ["info", "late"]})).split() == [
        "<span", 'class="badge', 'badge-info"', ">info</span>", "<span", 'class="badge', 'badge-late"', ">late</span>",
    ]  # fmt: skip


def test_an_unknown_tone_is_a_mistake_of_the_template():
    with pytest.raises(TemplateSyntaxError, match="没有名为"):
        drawn('{% cotton badge tone="loud" %}错{% endcotton %}')
