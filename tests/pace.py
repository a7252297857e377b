"""How fast this machine is now. What a test allows in seconds is meant for an idle one of today."""

import time

USUAL = 0.12  # CPU seconds of the loop below on the machine whose limits stand in the tests


def slower() -> float:
    """How much slower than that one; 1 where it is as fast or faster."""
    begun = time.process_time()
    sum(number * number % 7 for number in range(1_000_000))
    return max(1.0, (time.process_time() - begun) / USUAL)
