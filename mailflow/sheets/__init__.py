"""CSV and XLSX ↔ values."""

from mailflow.sheets.forms_export import Export, Row, SlipColumns, read_export
from mailflow.sheets.government_calendar import read_government_calendar
from mailflow.sheets.problems import ExportError, FileProblem
from mailflow.sheets.statement import Statement, read_statement

__all__ = [
    "Export",
    "ExportError",
    "FileProblem",
    "Row",
    "SlipColumns",
    "Statement",
    "read_export",
    "read_government_calendar",
    "read_statement",
]
