/**
 * The steps that make the schema of today of any earlier one, in order; a released one is never edited. Everything lies in a schema of its own, so that the
 * database may be shared.
 */
export const MIGRATIONS: readonly string[] = [
  // No column of any table can say who reported or when: there are only plans, epochs and totals. The nonces of an epoch have a table to themselves,
  // which exists for as long as the epoch is open (see `noncesOf`).
  `
  CREATE TABLE sotto.plans (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    hash text NOT NULL UNIQUE CHECK (hash ~ '^[0-9a-f]{64}$'),
    tag text NOT NULL UNIQUE CHECK (tag ~ '^[0-9a-f]{16}$'),
    content bytea NOT NULL,
    turn integer NOT NULL UNIQUE
  );
  CREATE TABLE sotto.epochs (
    epoch integer PRIMARY KEY,
    state text NOT NULL CHECK (state IN ('open', 'published', 'erased')),
    document text,
    CHECK ((state = 'published') = (document IS NOT NULL))
  );
  CREATE TABLE sotto.totals (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    epoch integer NOT NULL REFERENCES sotto.epochs,
    plan integer NOT NULL REFERENCES sotto.plans,
    metric integer NOT NULL,
    part integer NOT NULL,
    reports integer NOT NULL,
    counts integer[] NOT NULL,
    UNIQUE (epoch, plan, metric, part)
  ) WITH (fillfactor = 50);
  `,
]

/** The table of an epoch's nonces, nothing but the nonces. While it is there, the epoch is open. @param epoch whole: it becomes part of a statement's text. */
export function noncesOf(epoch: number): string {
  if (!Number.isSafeInteger(epoch) || epoch < 0) throw new RangeError(`epoch is ${epoch}, expected a whole number from 0`)
  return `sotto.nonces_${epoch}`
}
