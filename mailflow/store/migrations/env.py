"""Run migrations on the connection that `mailflow.store.schema` hands over."""

from alembic import context
from sqlmodel import SQLModel

import mailflow.store.after_tables
import mailflow.store.tables  # noqa: F401  (both fill the metadata)

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
