"""papers that came with slips"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "slip_pdf",
        sa.Column("slip_id", sa.String(), nullable=False),
        sa.Column("pdf_sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("slip_id"),
    )
