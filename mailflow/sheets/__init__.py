"""CSV and XLSX ↔ values."""

from mailflow.sheets.forms_export import Export, Row, SlipColumns, read_export
from mailflow.sheets.government_calendar import read_government_calendar
from mailflow.sheets.people import EnrolmentRow, PersonRow, read_enrolment, read_people
from mailflow.sheets.problems import ExportError, FileProblem
from mailflow.sheets.results import ResultRow, read_results
from mailflow.sheets.statement import Statement, read_statement
from mailflow.sheets.writing import to_csv, to_xlsx

__all__ = [
    "EnrolmentRow",
    "Export",
    "ExportError",
    "FileProblem",
    "PersonRow",
    "ResultRow",
    "Row",
    "SlipColumns",
    "Statement",
    "read_enrolment",
    "read_export",
    "read_government_calendar",
    "read_people",
    "read_results",
    "read_statement",
    "to_csv",
    "to_xlsx",
]
