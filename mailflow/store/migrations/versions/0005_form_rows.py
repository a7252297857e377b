"""every answer of the form, imported files, and whose identity number a case has"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    nothing = sa.text("x''" if op.get_bind().dialect.name == "sqlite" else "''")
    # Not in a batch: that would make the table anew, without its index over an expression.
    op.add_column(
        "cases",
        sa.Column("identity_index", sa.LargeBinary(), nullable=False, server_default=nothing),
    )
    op.create_index(op.f("ix_cases_identity_index"), "cases", ["identity_index"], unique=False)

    op.create_table(
        "form_row",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("data_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("answer_index", sa.LargeBinary(), nullable=False),
        sa.Column("submitted_at", UTCDateTime(), nullable=False),
        sa.Column("seen_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("form_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_form_row_case_id"), ["case_id"], unique=False)

    op.create_table(
        "imported_file",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", UTCDateTime(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("digest"),
    )
