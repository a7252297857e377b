"""Real servers that the tests start in a temporary folder, on loopback, and stop again."""
