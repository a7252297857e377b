"""Lies on the child's path in one test: mails that say so hang, eat memory or kill their reader."""

import os
import sys
import time
from collections.abc import Callable

if sys.argv[0] in ("", "-m"):  # the child alone: `python -m mailflow.sandbox`
    from mailflow.mail import wire

    _read: Callable[[bytes], bytes] = wire.read_to_json

    def _read_poisoned(raw: bytes) -> bytes:
        if b"X-Poison: hang" in raw:
            time.sleep(3600)
        if b"X-Poison: memory" in raw:
            bytearray(1 << 40)
        if b"X-Poison: death" in raw:
            os._exit(9)
        return _read(raw)

    wire.read_to_json = _read_poisoned
