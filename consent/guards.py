"""What the database itself keeps of wordings and the ledger; see `core.guards`."""

from dataclasses import dataclass

from core.guards import POSTGRES_DOOR, Piece, fitting

from .kinds import GIVING


@dataclass(frozen=True)
class SaidOnce:
    """Rows stay as they are, but for one column that may go from empty to a value, once."""

    table: str
    column: str
    columns: tuple  # all others

    @property
    def name(self):
        return fitting(f"{self.table}_append_only")

    def _differs(self, operator):
        return " OR ".join(f'NEW."{column}" {operator} OLD."{column}"' for column in self.columns)

    def on_sqlite(self):
        refuse = f"BEGIN SELECT RAISE(ABORT, '{self.table} is append-only'); END"
        for verb, when in (
            ("UPDATE", f'dertig_door() = 0 AND ({self._differs("IS NOT")} OR OLD."{self.column}" IS NOT NULL)'),
            ("DELETE", "dertig_door() = 0"),
        ):
            name = fitting(f"{self.name}_{verb.lower()}")
            yield Piece(
                name, "TRIGGER", f'CREATE TRIGGER "{name}" BEFORE {verb} ON "{self.table}" WHEN {when} {refuse}'
            )

    def on_postgresql(self):
        differs = self._differs("IS DISTINCT FROM")
        for suffix, event in (
            ("update", f'UPDATE ON "{self.table}" FOR EACH ROW WHEN ({differs} OR OLD."{self.column}" IS NOT NULL)'),
            ("delete", f'DELETE ON "{self.table}" FOR EACH ROW'),
            ("truncate", f'TRUNCATE ON "{self.table}" FOR EACH STATEMENT'),
        ):
            name = fitting(f"{self.name}_{suffix}")
            yield Piece(
                name, "TRIGGER", f'CREATE TRIGGER "{name}" BEFORE {event} EXECUTE FUNCTION dertig_append_only()'
            )


@dataclass(frozen=True)
class WithinValidity:
    """Nobody consents to a wording at a moment when it was not valid, nor to one of another purpose.

    On PostgreSQL, where two write at the same time, a consent of just now waits for whoever is ending its wording, and
    is waited for (`consent.actions.versions`); one of long ago cannot be overtaken by an end that is now.
    """

    table: str
    versions: str
    wordings: str

    @property
    def name(self):
        return fitting(f"{self.table}_within_validity")

    @property
    def _wrong(self):
        giving = ", ".join(str(int(kind)) for kind in GIVING)
        return (
            f"NEW.wording_id IS NOT NULL AND NEW.kind IN ({giving}) AND NOT EXISTS ("
            f'SELECT 1 FROM "{self.versions}" shown JOIN "{self.wordings}" asked ON asked.id = shown.wording_id '
            "WHERE shown.id = NEW.wording_id AND asked.purpose_id = NEW.purpose_id "
            "AND shown.valid_from <= NEW.happened_at "
            "AND (shown.valid_until IS NULL OR NEW.happened_at < shown.valid_until))"
        )

    def on_sqlite(self):
        yield Piece(
            self.name,
            "TRIGGER",
            f'CREATE TRIGGER "{self.name}" BEFORE INSERT ON "{self.table}" WHEN dertig_door() = 0 AND {self._wrong} '
            f"BEGIN SELECT RAISE(ABORT, '{self.name}: outside the validity of its wording'); END",
        )

    def on_postgresql(self):
        function = fitting(f"{self.name}_fn")
        just_now = "NEW.wording_id IS NOT NULL AND NEW.happened_at > clock_timestamp() - interval '10 minutes'"
        yield Piece(
            self.name,
            "TRIGGER",
            f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f'IF {just_now} THEN PERFORM 1 FROM "{self.versions}" WHERE id = NEW.wording_id FOR SHARE; END IF; '
            f"IF coalesce({POSTGRES_DOOR}, '') <> 'open' AND {self._wrong} THEN "
            f"RAISE EXCEPTION '{self.name}: outside the validity of its wording' USING ERRCODE = 'check_violation'; "
            "END IF; RETURN NEW; END $$; "
            f'CREATE TRIGGER "{self.name}" BEFORE INSERT ON "{self.table}" FOR EACH ROW EXECUTE FUNCTION {function}()',
        )
