"""``{% url %}`` and ``{% static %}`` as Django has them, with addresses that are worked out once.

A page shows some twenty, a list a hundred.
"""

from functools import cache

from django import template
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as parse_url
from django.templatetags.static import static
from django.urls import NoReverseMatch
from django.utils.html import conditional_escape

from yimen.foundations.ui.engine.addresses import address

register = template.Library()
register.simple_tag(cache(static), name="static")


class AddressNode(URLNode):
    """An address whose parts are told in order; one with named parts goes Django's way."""

    def render(self, context):
        if self.kwargs:
            return super().render(context)
        try:
            found = address(self.view_name.resolve(context), *[part.resolve(context) for part in self.args])
        except NoReverseMatch:
            if self.asvar is None:
                raise
            found = ""
        if self.asvar:
            context[self.asvar] = found
            return ""
        return conditional_escape(found) if context.autoescape else found


@register.tag
def url(parser, token):
    """``{% url 'people:file' person.public_id %}``"""
    told = parse_url(parser, token)
    return AddressNode(told.view_name, told.args, told.kwargs, told.asvar)
