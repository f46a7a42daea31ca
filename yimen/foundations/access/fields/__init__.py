"""What the models of upper apps are built from: row scope (数据范围) and sealed columns (加密字段)."""

from yimen.foundations.access.fields.scope import RescopeTable, Scope, ScopedQuerySet, ScopeTable
from yimen.foundations.access.fields.sealed import (
    EncryptedTextField,
    Sealed,
    index_keys,
    key_is_changing,
    key_ring,
    keyed_hash,
    keyed_hashes,
    lock_number,
)

__all__ = [
    "EncryptedTextField",
    "RescopeTable",
    "Scope",
    "ScopeTable",
    "ScopedQuerySet",
    "Sealed",
    "index_keys",
    "key_is_changing",
    "key_ring",
    "keyed_hash",
    "keyed_hashes",
    "lock_number",
]
