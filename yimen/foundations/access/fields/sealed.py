"""Columns that are sealed in the database (加密字段), and the keyed hash that finds them again."""

from collections.abc import Iterable
from functools import lru_cache

from django import forms
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from yimen.foundations.access.rules.sealing import HashKeys, Key, KeyRing
from yimen.kernel.text import narrow


class Sealed:
    """A sealed value as it came from the database; only the row it belongs to opens it."""

    __slots__ = ("token",)

    def __init__(self, token: bytes):
        self.token = bytes(token)

    def __str__(self) -> str:
        return "（已加密）"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sealed) and other.token == self.token

    def __hash__(self) -> int:
        return hash(self.token)


class _OpenedByItsRow(DeferredAttribute):
    """Keeps the token in the instance and opens it when somebody asks."""

    def __get__(self, instance, cls=None):
        value = super().__get__(instance, cls)
        if isinstance(value, Sealed):
            return key_ring().unseal(value.token, where=self.field.where(instance))
        return value

    def __set__(self, instance, value):
        instance.__dict__[self.field.attname] = value


class EncryptedTextField(models.Field):
    """A text that is sealed at rest (GCM), bound to its table, column and row; it is a plain ``str`` on the instance.

    It cannot be searched or ordered (keep a `keyed_hash` beside it), nor set by ``update()``: sealing needs the row's
    ``public_id``. ``values()`` answers `Sealed`, so a list or an export cannot show it by accident.
    """

    description = "sealed text"
    descriptor_class = _OpenedByItsRow
    empty_strings_allowed = True

    def where(self, instance) -> str:
        """The associated data of one row."""
        return f"{instance._meta.db_table}.{self.column}:{instance.public_id}"

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        # Migrations name the door of this package, not the module behind it.
        return name, path.replace(".fields.sealed.", ".fields."), args, kwargs

    def get_internal_type(self):
        return "BinaryField"

    def from_db_value(self, value, expression, connection):
        if value is None:
            return None
        token = bytes(value)
        return Sealed(token) if token else ""

    def pre_save(self, instance, add):
        value = instance.__dict__.get(self.attname)
        if isinstance(value, Sealed) and add:
            # A copy of a row gets another public_id: open with the old one is impossible, so say it here.
            key_ring().unseal(value.token, where=self.where(instance))
        if value is None or isinstance(value, Sealed):
            return value
        return Sealed(key_ring().seal(value, where=self.where(instance))) if value else ""

    def get_prep_value(self, value):
        if value is None or isinstance(value, Sealed):
            return value
        if value == "":
            return value
        raise FieldError(f"{self.name} is sealed: save it through its instance, search it by its keyed hash")

    def get_db_prep_value(self, value, connection, prepared=False):
        value = self.get_prep_value(value)
        return value.token if isinstance(value, Sealed) else None if value is None else b""

    def get_lookup(self, lookup_name):
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is sealed and cannot be searched: use its keyed hash")
        return super().get_lookup(lookup_name)

    def formfield(self, **kwargs):
        return forms.CharField(required=not self.blank, label=self.verbose_name, **kwargs)

    def value_to_string(self, obj):
        return ""


def keyed_hash(text: str, *, field: str) -> str:
    """The hash under which a sealed value is kept to be found (带密钥摘要): 34 hex characters.

    ``field`` (``people_document.number``) separates the fields from each other. The text is brought to one shape first:
    full-width becomes half-width, blanks go, letters become capitals.
    """
    return index_keys().hash(_one_shape(text), field=field)


def keyed_hashes(text: str, *, field: str) -> tuple[str, ...]:
    """The hashes of a text under all keys, newest first: what to look for, also while keys are being changed."""
    return index_keys().every_hash(_one_shape(text), field=field)


def key_ring() -> KeyRing:
    """The keys of ``settings.YIMEN_FIELD_KEYS`` ({number: hex, or ``aes:`` and hex}), the first of which seals."""
    return _ring_of(tuple(settings.YIMEN_FIELD_KEYS.items()))


def index_keys() -> HashKeys:
    """The keys of ``settings.YIMEN_INDEX_KEYS``, written likewise: the first one hashes what is new."""
    return _hash_keys_of(tuple(settings.YIMEN_INDEX_KEYS.items()))


def key_is_changing() -> bool:
    """Is there more than one key for hashes (换钥期间), so that a value may stand under an older one?"""
    return len(settings.YIMEN_INDEX_KEYS) > 1


def lock_number(hashes: Iterable[str]) -> str:
    """The one of a value's hashes that every process makes of it, whichever key is its first (换钥期间的锁).

    While the index key is being changed, two processes may write one value under two keys, and no unique index sees that.
    Who is about to write a value that may stand once locks by this; "" when there is one key and the index is enough.
    """
    several = sorted(hashes)
    return several[0] if len(several) > 1 else ""


def _one_shape(text: str) -> str:
    # Numbers are folded before they come here, and nothing is left to do.
    plain = text if text.isascii() and text.isalnum() else narrow(text).replace(" ", "")
    return plain.upper()


@lru_cache(maxsize=8)
def _ring_of(keys: tuple[tuple[int, str], ...]) -> KeyRing:
    return KeyRing({number: Key.read(key) for number, key in keys})


@lru_cache(maxsize=8)
def _hash_keys_of(keys: tuple[tuple[int, str], ...]) -> HashKeys:
    return HashKeys({number: Key.read(key) for number, key in keys})
