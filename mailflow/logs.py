"""Log lines: key=value, one per event, without personal data, to standard error."""

import logging
import re

# A last net under the rule that nothing personal is logged: what looks like a personal number.
# Within a longer word of letters and digits they are left alone: that is a row's id.
_PERSONAL = re.compile(
    r"(?<![0-9A-Za-z])"
    r"(?:[A-Za-z][A-Da-d0-9][0-9]{8}"  # identity and residence numbers
    r"|09[0-9]{2}[- ][0-9]{3}[- ]?[0-9]{3}|0[0-9]{1,2}-[0-9]{3,4}-?[0-9]{4}"  # telephones
    r"|[0-9]{9,})"  # students, accounts, cards
    r"(?![0-9A-Za-z])"
    r"|[\w.+-]{1,64}@[\w.-]+"
)


def masked(text: str) -> str:
    """The text without personal numbers and addresses of mail; names can't be found."""
    return _PERSONAL.sub("***", text)


class _Masked(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return masked(super().format(record))


def set_up_logs(*, verbose: bool, quiet: bool = False) -> None:
    """Write our own lines; those of libraries only from warnings on. `quiet`: errors alone."""
    handler = logging.StreamHandler()
    handler.setFormatter(
        _Masked("time=%(asctime)s level=%(levelname)s %(message)s", "%Y-%m-%dT%H:%M:%S%z")
    )
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    ours = logging.DEBUG if verbose else logging.INFO
    logging.getLogger("mailflow").setLevel(logging.ERROR if quiet else ours)
