"""Registrations from the form's export, as staff take them in by command."""

from mailflow.store.form_import import Imported, Row, SlipColumns, import_rows

__all__ = ["Imported", "Row", "SlipColumns", "import_rows"]
