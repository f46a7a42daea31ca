"""Areas in templates: ``{% load places %}{{ case.area|area_name }}``."""

from django import template

from yimen.registers.places.engine.atlas import area_name, full_area_name, short_area_name

register = template.Library()
register.filter("area_name", area_name)
register.filter("short_area_name", short_area_name)
register.filter("full_area_name", full_area_name)
