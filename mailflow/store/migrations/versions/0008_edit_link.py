"""where a student edits the answer to the form"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cases", sa.Column("edit_link_sealed", sa.LargeBinary(), nullable=True))
