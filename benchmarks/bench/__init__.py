"""What the benchmarks share: the machine, an office on real servers, invented mail."""
