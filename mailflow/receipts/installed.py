"""Which engines are here, told without loading one."""

import shutil
from importlib.util import find_spec

ENGINES = ("rapidocr", "tesseract")


def has_rapidocr() -> bool:
    """The package and the runtime of its models."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def has_tesseract() -> bool:
    """The program; which languages it has is another question."""
    return shutil.which("tesseract") is not None
