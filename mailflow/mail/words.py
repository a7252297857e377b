"""Lists of words in many languages → one regular expression."""


def one_of(block: str) -> str:
    """The alternatives of a block of lines, each line itself `a|b|c`, without a group around."""
    return "|".join(line.strip() for line in block.strip().splitlines() if line.strip())
