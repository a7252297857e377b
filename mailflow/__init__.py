"""mailflow: the clerk of a university office, entirely by mail."""
