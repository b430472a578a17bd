"""What the sources of all told.

Revision ID: 0002
"""

import sqlalchemy as sa
from alembic import op

from hub.db.tables import observed

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables, unless the first schema of a new hub made them already."""
    bind = op.get_bind()
    if sa.inspect(bind).has_table(observed.observed_head.name):
        return
    observed.metadata.create_all(bind)
    for statement in observed.EXTRAS[bind.dialect.name]:
        bind.exec_driver_sql(statement)
