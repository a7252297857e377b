"""How much of a message is read. What lies beyond is kept in the raw bytes and told as a defect."""

MOST_PARTS = 500
DEEPEST = 30
DEEPEST_FORWARD = 3
MOST_HEADER_BYTES = 256_000
MOST_PARAMETER_BYTES = 8_000
MOST_BOUNDARY_LINES = 10_000
MOST_TEXT = 200_000
MOST_LINES = 5_000
MOST_RAW_LINES = 20_000  # before the soft ones are joined
MOST_MARKUP = 20_000_000
MOST_TAGS = 100_000
