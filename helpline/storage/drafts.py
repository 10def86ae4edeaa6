"""Drafts: changes of the routing table that are being worked on, by one operator or by several at once.

1. Each change names the revision it was made on. One made on an older revision is refused and changes nothing, so
   whoever was second can be shown what the first did, and still has her own.
2. What an operator has typed and what is not sound yet is kept beside the content, for each operator apart: nobody
   overwrites another's, and it is there again after the next sign-in.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from helpline.directory import content as contents
from helpline.directory.content import Content
from helpline.errors import DraftChanged, DraftRefused
from helpline.storage.database import Database
from helpline.storage.tables import DRAFTS

MOST_TYPED = 200_000  # characters that are kept for one operator in one draft

Typed = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Draft:
    """A draft as it was at `revision`, from 1: worked out on version `base` (None: before the first), and who last
    changed it, when. `typed` is what each operator typed that is not in it, by operator and by field.
    """

    name: str
    base: int | None
    content: Content
    revision: int
    author: str
    at: datetime
    typed: Typed

    def typed_by(self, operator: str) -> Mapping[str, str]:
        """What this operator typed that is not in the draft yet, by field."""
        return self.typed.get(operator, {})


class Drafts:
    """The drafts in a database. Everything here raises DatabaseAway where that is away. Moments carry their zone."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Draft]:
        """All of them, the last changed first."""
        with self._database.reading() as connection:
            rows = connection.execute(select(DRAFTS)).all()
        return sorted(map(_draft, rows), key=lambda draft: (draft.at, draft.name), reverse=True)

    def get(self, name: str) -> Draft | None:
        """The draft of this name; None where there is none."""
        with self._database.reading() as connection:
            return _get(connection, name)

    def begin(self, name: str, content: Content, *, base: int | None, author: str, at: datetime) -> Draft:
        """A new one. Raises DraftRefused where the name is taken."""
        draft = Draft(name, base, content, 1, author, at.astimezone(UTC), {})
        row = {**vars(draft), "content": content.written(), "typed": "{}", "at": draft.at.isoformat()}
        try:
            with self._database.writing() as connection:
                connection.execute(insert(DRAFTS).values(row))
        except IntegrityError:
            raise DraftRefused(f"There is a draft called {name} already.", help="Give it another name.") from None
        return draft

    def change(self, seen: Draft, content: Content, *, base: int | None, author: str, at: datetime) -> Draft:
        """Makes the draft that was seen into this one, and forgets what the author had typed beside it.

        Raises DraftChanged where somebody changed it meanwhile, DraftRefused where it is gone.
        """
        with self._database.writing() as connection:
            now = _as_seen(connection, seen)
            typed = {operator: fields for operator, fields in now.typed.items() if operator != author}
            changed = Draft(seen.name, base, content, seen.revision + 1, author, at.astimezone(UTC), typed)
            values = {
                "base": base,
                "content": content.written(),
                "typed": _written(typed),
                "revision": changed.revision,
                "author": author,
                "at": changed.at.isoformat(),
            }
            connection.execute(update(DRAFTS).where(DRAFTS.c.name == seen.name).values(values))
        return changed

    def keep_typed(self, name: str, operator: str, fields: Mapping[str, str]) -> None:
        """Keeps what this operator has typed so far in place of what was kept before; nothing of it is in the draft.

        It makes no new revision, and is in nobody's way. Raises DraftRefused where there is no such draft, or where it
        is more than MOST_TYPED.
        """
        if sum(map(len, fields.values())) > MOST_TYPED:
            raise DraftRefused("That is more text than is kept beside a draft.", help="Save what of it is finished.")
        with self._database.writing() as connection:
            now = _there(_get(connection, name), name)
            others = {each: typed for each, typed in now.typed.items() if each != operator}
            typed = {**others, operator: dict(fields)} if fields else others
            connection.execute(update(DRAFTS).where(DRAFTS.c.name == name).values(typed=_written(typed)))

    def remove(self, seen: Draft) -> None:
        """It is not kept any more. Raises DraftChanged where somebody changed it meanwhile, DraftRefused where it is
        gone already.
        """
        with self._database.writing() as connection:
            _as_seen(connection, seen)
            connection.execute(delete(DRAFTS).where(DRAFTS.c.name == seen.name))


def _as_seen(connection: Connection, seen: Draft) -> Draft:
    now = _there(_get(connection, seen.name), seen.name)
    if now.revision != seen.revision:
        raise DraftChanged(now.name, now.revision, now.author)
    return now


def _there(draft: Draft | None, name: str) -> Draft:
    if draft is None:
        raise DraftRefused(f"There is no draft called {name}.", help="It was published or thrown away: see the record.")
    return draft


def _get(connection: Connection, name: str) -> Draft | None:
    row = connection.execute(select(DRAFTS).where(DRAFTS.c.name == name)).first()
    return _draft(row) if row else None


def _draft(row: Row[Any]) -> Draft:
    typed: Typed = json.loads(row.typed)
    content, at = contents.read(row.content), datetime.fromisoformat(row.at)
    return Draft(row.name, row.base, content, row.revision, row.author, at, typed)


def _written(typed: Typed) -> str:
    return json.dumps(typed, ensure_ascii=False, sort_keys=True)
