"""the day of a payment, for pages that show neither minute nor number"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("receipt", schema=None) as batch_op:
        batch_op.add_column(sa.Column("day_index", sa.LargeBinary(), nullable=True))
        batch_op.create_index(batch_op.f("ix_receipt_day_index"), ["day_index"], unique=False)
