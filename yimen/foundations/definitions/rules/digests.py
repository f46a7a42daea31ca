"""Digests (摘要) of definitions: the same words always give the same digest, whoever wrote the file."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 over the JSON of ``content`` with sorted keys, as 64 hexadecimal digits."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()
