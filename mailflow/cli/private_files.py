"""Files that hold personal data: whole or not there, and readable by their owner alone."""

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from mailflow import saying


class FileError(RuntimeError):
    """The file can't be written there; the text says why."""


@contextmanager
def private_file(path: Path) -> Iterator[BinaryIO]:
    """Write a file that takes its name only when all of it is written; an older one is replaced.

    Raises FileError when there is no such folder, or it can't be written into.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")  # mode 0600
    except OSError as error:
        raise FileError(saying.file_trouble(path, error.strerror or "")) from error
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write_private(path: Path, content: bytes) -> None:
    """The same for content that is at hand."""
    with private_file(path) as file:
        file.write(content)


def write_all(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Several in one folder, which is made; returns the paths."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name, content in files.items():
        write_private(folder / name, content)
    return [folder / name for name in files]
