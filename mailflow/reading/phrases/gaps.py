"""How much may stand between two words of a phrase."""

G = r"[^。!?;\n]"  # within one sentence (text is NFKC, so full-width marks are folded)
CLAUSE = r"[^。!?;,\n]"
