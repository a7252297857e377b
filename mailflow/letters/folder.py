"""The template folder: where it is, and its files as templates.

Two environments, chosen by us and never by a file's name: every `body.html` is rendered with
autoescape on, `subject.txt` and `body.txt` with it off. Both are strict: a word that the letter
does not have is an error, not a gap.
"""

from pathlib import Path

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2 import TemplateError as JinjaError
from jinja2.bccache import Bucket, BytecodeCache

from mailflow.workflow import Letter

SUBJECT, TEXT, HTML = "subject.txt", "body.txt", "body.html"
PARTS = (SUBJECT, TEXT, HTML)


class TemplateError(ValueError):
    """The templates can't be used. `problems` names file, fault and remedy, one line each."""

    def __init__(self, problems: tuple[str, ...]):
        super().__init__("\n".join(problems))
        self.problems = problems


def default_templates() -> Path:
    """The templates that come with the package: installed beside it, or in the source tree."""
    package = Path(__file__).resolve().parent.parent
    packaged = package / "_templates"
    return packaged if packaged.is_dir() else package.parent / "templates"


class Folder:
    """All templates of one folder, compiled. `problems` is empty when every one is usable."""

    def __init__(self, path: Path):
        self._path = path
        loader = FileSystemLoader(path, encoding="utf-8")
        self._text = _environment(loader, escape=False)
        self._html = _environment(loader, escape=True)
        self._loaded: dict[tuple[Letter, str], Template] = {}
        if path.is_dir():
            self.problems = [problem for letter in Letter for problem in self._load(letter)]
        else:
            self.problems = [f"{path}: is not a folder; set `templates` to one, or leave it out"]

    def has(self, letter: Letter, part: str) -> bool:
        return (letter, part) in self._loaded

    def notice(self, version: str, *, office: str) -> str:
        """The personal data notice of that version. Raises TemplateError."""
        name = f"_privacy-{version}.txt"
        try:
            return self._text.get_template(name).render(office=office).strip()
        except TemplateNotFound:
            problem = f"{name}: is missing; write it, or set `privacy_notice` in the campaign file"
        except (JinjaError, UnicodeDecodeError) as error:
            problem = f"{name}: {error}; its only word is office"
        raise TemplateError((problem,))

    def sources(self, letter: Letter) -> dict[str, str]:
        """The text of every file that this letter may be made of, by name."""
        shared = sorted(path.name for path in self._path.glob("_*") if path.is_file())
        names = [*(f"{letter.value}/{part}" for part in PARTS), *shared]
        return {name: (self._path / name).read_text(encoding="utf-8") for name in names}

    def render(self, letter: Letter, part: str, words: dict[str, object]) -> str:
        return self._loaded[letter, part].render(words)

    def _load(self, letter: Letter) -> list[str]:
        problems = []
        for part in PARTS:
            name = f"{letter.value}/{part}"
            environment = self._html if part == HTML else self._text
            try:
                self._loaded[letter, part] = environment.get_template(name)
            except TemplateNotFound:
                problems.append(f"{name}: is missing; copy it from the templates that came along")
            except TemplateSyntaxError as error:
                problems.append(f"{name}, line {error.lineno}: {error.message}")
            except UnicodeDecodeError:
                problems.append(f"{name}: is not UTF-8; save it as UTF-8")
        return problems


class _Compiled(BytecodeCache):
    """What this process has compiled, by a template's name and text: a folder that is opened again
    costs no more than reading it."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        code = self._kept.get((bucket.key, bucket.checksum))
        if code is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


_COMPILED = {False: _Compiled(), True: _Compiled()}  # escaped or not: other code


def _environment(loader: FileSystemLoader, *, escape: bool) -> Environment:
    return Environment(
        loader=loader,
        autoescape=escape,  # noqa: S701 - off for plain text only
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=_COMPILED[escape],
    )
