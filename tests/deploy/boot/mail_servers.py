"""The office's two mail servers, for the daemon that is booted."""

import signal

from mailflow.demo.servers import EmbeddedPair

ACCOUNT = {"ipas@office.example.edu.tw": "wrong-horse"}

with EmbeddedPair(ACCOUNT, imap_port=1143, smtp_port=1025):
    signal.pause()
