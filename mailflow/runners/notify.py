"""Tell systemd how we are (sd_notify); silent when nobody listens."""

import os
import socket


def sd_notify(*states: str) -> None:
    """Send e.g. `READY=1`; an address that begins with @ is in the abstract namespace."""
    address = os.environ.get("NOTIFY_SOCKET")
    if not address:
        return
    if address.startswith("@"):
        address = "\0" + address[1:]
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as channel:
        channel.sendto("\n".join(states).encode(), address)


def watchdog_seconds() -> float | None:
    """How often systemd wants to hear from us, or None."""
    microseconds = os.environ.get("WATCHDOG_USEC")
    return int(microseconds) / 1_000_000 if microseconds else None
