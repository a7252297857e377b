"""What a message is: bytes in, values out. Pure; never raises on bad mail."""

