"""Consents are tested on the street of the desk."""

from tests.apps.work.desk.conftest import person, signed_in, street

__all__ = ["person", "signed_in", "street"]
