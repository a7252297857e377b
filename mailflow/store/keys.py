"""The office's keys: one credential file that never enters the database or a backup of it."""

import base64
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM


class KeysError(ValueError):
    """The keys file can't be used; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Keyring:
    """`keks` wrap the data keys of persons, `current` names the one for new keys; `index_key`
    makes blind indexes; `token_key` derives confirm tokens."""

    current: str
    keks: Mapping[str, bytes] = field(repr=False)
    index_key: bytes = field(repr=False)
    token_key: bytes = field(repr=False)

    def wrap(self, data_key: bytes, *, key_id: str) -> bytes:
        nonce = secrets.token_bytes(12)
        sealed = AESGCM(self.keks[self.current]).encrypt(nonce, data_key, key_id.encode())
        return nonce + sealed

    def unwrap(self, wrapped: bytes, *, key_id: str, kek_id: str) -> bytes:
        """The data key; raises KeysError when the key-encryption key is missing or wrong."""
        kek = self.keks.get(kek_id)
        if kek is None:
            raise KeysError(f"the keys file lacks the key {kek_id!r}: restore it from its backup")
        try:
            return AESGCM(kek).decrypt(wrapped[:12], wrapped[12:], key_id.encode())
        except InvalidTag as error:
            raise KeysError("the keys file does not belong to this database") from error

    def blind(self, kind: str, text: str) -> bytes:
        """A keyed index: equal texts of one kind give equal values, and nothing else shows."""
        return hmac.digest(self.index_key, f"{kind}\0{text}".encode(), hashlib.sha256)


def new_keys_file(path: Path) -> None:
    """Write fresh random keys, readable by the owner alone; never overwrites a file."""
    keys = {
        "version": 1,
        "current": "k1",
        "keks": {"k1": _encode(secrets.token_bytes(32))},
        "index": _encode(secrets.token_bytes(32)),
        "token": _encode(secrets.token_bytes(32)),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise KeysError(f"{path} exists: without it nothing stored can be read; kept") from error
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(keys, file)
        file.flush()
        os.fsync(file.fileno())


def load_keys(path: Path) -> Keyring:
    """Read the keys file; raises KeysError."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        keks = {name: base64.b64decode(text) for name, text in data["keks"].items()}
        ring = Keyring(
            current=data["current"],
            keks=keks,
            index_key=base64.b64decode(data["index"]),
            token_key=base64.b64decode(data["token"]),
        )
    except FileNotFoundError as error:
        raise KeysError(f"{path} does not exist: make one with `mailflow init`") from error
    except (OSError, KeyError, ValueError, AttributeError) as error:
        raise KeysError(f"{path} is not a keys file: restore it from its backup") from error
    if ring.current not in keks or any(len(key) != 32 for key in keks.values()):
        raise KeysError(f"{path} is damaged: restore it from its backup")
    return ring


def _encode(key: bytes) -> str:
    return base64.b64encode(key).decode()
