"""A backup says with which keys it can be read, also after some of them were changed."""

import base64
import json

import pytest

from tools.backups.contents import Sheet, fingerprints
from tools.house import Stop


def test_a_backup_made_before_a_change_of_keys_is_opened_by_the_ring_that_still_has_its_keys():
    one, two = (base64.b64encode(bytes([number]) * 32).decode() for number in (1, 2))
    before = {"YIMEN_FIELD_KEYS": json.dumps({"k1": one}), "YIMEN_INDEX_KEY": one, "YIMEN_SEAL_KEY": one}
    ring = json.dumps({"k2": f"aes:{two}", "k1": one})
    between = before | {"YIMEN_FIELD_KEYS": ring, "YIMEN_INDEX_KEY": ring}
    after = before | {
        name: json.dumps({"k2": f"aes:{two}"}) for name in ("YIMEN_FIELD_KEYS", "YIMEN_INDEX_KEY")
    }
    sheet = Sheet("", 18, [], {}, fingerprints(before))
    sheet.require_keys(before)
    sheet.require_keys(between)
    with pytest.raises(Stop, match="YIMEN_INDEX_KEY"):
        sheet.require_keys(after)
