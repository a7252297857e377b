"""Payment proofs that nobody made, drawn from a seed: what they show is known, so a reader of
proofs can be fitted on one family of layouts and measured on another that it never saw."""
