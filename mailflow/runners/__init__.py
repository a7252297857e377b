"""The loops of the daemon: incoming, reading, outgoing, clock."""
