"""what a payment is recognised by on another picture"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("receipt", schema=None) as batch_op:
        for name in ("number_index", "moment_index"):
            batch_op.add_column(sa.Column(name, sa.LargeBinary(), nullable=True))
            batch_op.create_index(batch_op.f(f"ix_receipt_{name}"), [name], unique=False)
        batch_op.add_column(sa.Column("likeness", sa.LargeBinary(), nullable=True))
