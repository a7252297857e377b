"""CSV and XLSX ↔ values."""

from mailflow.sheets.forms_export import Export, Row, SlipColumns, read_export
from mailflow.sheets.government_calendar import read_government_calendar
from mailflow.sheets.problems import ExportError, FileProblem

__all__ = [
    "Export",
    "ExportError",
    "FileProblem",
    "Row",
    "SlipColumns",
    "read_export",
    "read_government_calendar",
]
