"""Sealing of personal data: AES-256-GCM, one wrapped key per person, bound to its place.

A sealed value is `version(1) key-id(16) nonce(12) ciphertext tag`. Table, column and row are
authenticated with it, so a value moved to another place can't be opened. Destroying a person's
wrapped keys makes every copy of the data unreadable, in the database and in backups of it.
"""

import secrets
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import bindparam
from sqlmodel import Session, col, select, update

from mailflow.store.keys import Keyring
from mailflow.store.tables import DataKey

_VERSION = b"\x01"


_BELONGS_TO = (
    update(DataKey)
    .where(col(DataKey.id) == bindparam("key_id"))
    .values(person_id=bindparam("person"))
    .execution_options(synchronize_session=False)
)


class SealError(ValueError):
    """A sealed value can't be opened: erased, moved, or damaged."""


class Vault:
    """Seals and opens within one session; the caller commits."""

    def __init__(self, session: Session, keyring: Keyring) -> None:
        self._session = session
        self._keyring = keyring
        self._open_keys: dict[str, bytes] = {}

    def new_key(self, person_id: str | None = None) -> str:
        """A fresh data key; returns its id."""
        key_id = secrets.token_hex(16)
        data_key = secrets.token_bytes(32)
        self._session.add(
            DataKey(
                id=key_id,
                person_id=person_id,
                kek_id=self._keyring.current,
                wrapped=self._keyring.wrap(data_key, key_id=key_id),
            )
        )
        self._open_keys[key_id] = data_key
        return key_id

    def look_up(self, key_ids: Sequence[str]) -> None:
        """Fetch several keys in one question; those erased stay unknown."""
        rows = self._session.exec(select(DataKey).where(col(DataKey.id).in_(key_ids)))
        for row in rows:
            self._open_keys[row.id] = self._unwrapped(row)

    def learn(self, key_id: str, *, wrapped: bytes, kek_id: str) -> None:
        """A key that was read together with what it protects."""
        if key_id not in self._open_keys:
            self._open_keys[key_id] = self._keyring.unwrap(wrapped, key_id=key_id, kek_id=kek_id)

    def belongs_to(self, key_id: str, person_id: str) -> None:
        """Now it is known whose data this key protects."""
        self._session.flush()  # it may be a new key
        self._session.connection().execute(_BELONGS_TO, {"key_id": key_id, "person": person_id})

    def seal(self, plain: bytes, *, key_id: str, place: str) -> bytes:
        """`place` is `table.column.row`; the same is needed to open."""
        nonce = secrets.token_bytes(12)
        head = _VERSION + bytes.fromhex(key_id)
        sealed = AESGCM(self._key(key_id)).encrypt(nonce, plain, head + place.encode())
        return head + nonce + sealed

    def open(self, value: bytes, *, place: str) -> bytes:
        """The plain bytes; raises SealError when the key is erased or the value was moved."""
        if value[:1] != _VERSION or len(value) < 45:
            raise SealError(f"{place}: not a sealed value")
        head, nonce, sealed = value[:17], value[17:29], value[29:]
        try:
            return AESGCM(self._key(head[1:].hex())).decrypt(nonce, sealed, head + place.encode())
        except InvalidTag as error:
            raise SealError(f"{place}: the value was moved or damaged") from error

    def _key(self, key_id: str) -> bytes:
        if key_id not in self._open_keys:
            row = self._session.get(DataKey, key_id)
            if row is None:
                raise SealError("the key is erased")
            self._open_keys[key_id] = self._unwrapped(row)
        return self._open_keys[key_id]

    def _unwrapped(self, row: DataKey) -> bytes:
        return self._keyring.unwrap(row.wrapped, key_id=row.id, kek_id=row.kek_id)
