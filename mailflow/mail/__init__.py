"""What a message is: bytes in, values out. Pure; never raises on bad mail."""

from mailflow.mail.identity import identity
from mailflow.mail.message import Address, Attachment, Bounce, Message, Nature
from mailflow.mail.parse import read

__all__ = ["Address", "Attachment", "Bounce", "Message", "Nature", "identity", "read"]
