"""deadlines: one named for a case, letters released by staff, the three times of a proof"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cases", sa.Column("pay_until", UTCDateTime(), nullable=True))
    op.add_column("outbox", sa.Column("released_at", UTCDateTime(), nullable=True))
    op.add_column(
        "receipt", sa.Column("paid_at", sa.String(), nullable=False, server_default=sa.text("''"))
    )
    op.add_column("receipt", sa.Column("sent_at", UTCDateTime(), nullable=True))
    op.add_column("receipt", sa.Column("arrived_at", UTCDateTime(), nullable=True))
