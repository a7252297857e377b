"""Log lines: key=value, one per event, without personal data, to standard error."""

import logging
import re

# A last net under the rule that nothing personal is logged: numbers that look like one.
_PERSONAL = re.compile(r"[A-Z][0-9]{9}|09[0-9]{8}|[0-9]{10,}|[\w.+-]+@[\w.-]+")


class _Masked(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return _PERSONAL.sub("***", super().format(record))


def set_up_logs(*, verbose: bool, quiet: bool = False) -> None:
    """Write our own lines; those of libraries only from warnings on. `quiet`: errors alone."""
    handler = logging.StreamHandler()
    handler.setFormatter(
        _Masked("time=%(asctime)s level=%(levelname)s %(message)s", "%Y-%m-%dT%H:%M:%S%z")
    )
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    ours = logging.DEBUG if verbose else logging.INFO
    logging.getLogger("mailflow").setLevel(logging.ERROR if quiet else ours)
