"""Payment proofs: picture → text → fields → verdict against one slip.

`fields` and `verdict` are pure. `read.read_proof` does all of it, calls an OCR engine (another
process) and is meant to be run in a sandboxed child: pictures come from strangers.
"""
