"""Services work on the street that the desk is tested on."""

from tests.apps.work.desk.conftest import person, signed_in, street

__all__ = ["person", "signed_in", "street"]
