"""What staff do: look at the queue and decide. Acts through the store only."""

from mailflow.desk.verbs import Desk, DeskError

__all__ = ["Desk", "DeskError"]
