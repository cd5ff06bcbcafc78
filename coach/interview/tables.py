"""The tables of the one database: interviews and their events, stories with versions and facts, the user's wishes.

Every moment is UTC in ISO 8601 with microseconds, so that it sorts as text in every database.
"""

from datetime import datetime

import sqlalchemy as sa

SCHEMA = sa.MetaData()

INTERVIEWS = sa.Table(
    "interviews",
    SCHEMA,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("started_at", sa.String(32), nullable=False),
)
# The foreign key keeps a late event from bringing a deleted interview back.
EVENTS = sa.Table(
    "events",
    SCHEMA,
    sa.Column("interview_id", sa.ForeignKey(INTERVIEWS.c.id), primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("format", sa.Integer, nullable=False),
    sa.Column("type", sa.String(20), nullable=False),
    sa.Column("payload", sa.Text, nullable=False),
)

# What people wrote is kept as JSON, which escapes characters that some databases refuse.
STORIES = sa.Table(
    "stories",
    SCHEMA,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("created_at", sa.String(32), nullable=False),
    sa.Column("format", sa.Integer, nullable=False),
    sa.Column("payload", sa.Text, nullable=False),
)


def _part_of_story(name: str) -> sa.Table:
    """Parts are numbered without a gap: of two programs that add one at once, one is refused."""
    return sa.Table(
        name,
        SCHEMA,
        sa.Column("story_id", sa.ForeignKey(STORIES.c.id), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("format", sa.Integer, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
    )


VERSIONS = _part_of_story("story_versions")
FACTS = _part_of_story("story_facts")
TAGS = sa.Table(
    "story_tags",
    SCHEMA,
    sa.Column("story_id", sa.ForeignKey(STORIES.c.id), primary_key=True),
    sa.Column("principle", sa.String(100), primary_key=True),
)

WISHES = sa.Table(
    "wishes",
    SCHEMA,
    sa.Column("name", sa.String(40), primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)


def sortable(moment: datetime) -> str:
    """Return a moment as it is stored."""
    return moment.isoformat(timespec="microseconds")
