/** A row as JSON gives it; each collection knows what is in its own. */
export type RowData = Record<string, unknown>;

/** One change of a collection; all that is in it becomes durable together or not at all. */
export type Transaction<Row> = { put?: readonly Row[]; remove?: readonly string[] };

/** Where a collection keeps its rows in memory, by key. */
export type RowTable<Row> = {
  get: (key: string) => Row | undefined;
  set: (row: Row) => void;
  delete: (key: string) => void;
  keys: () => Iterable<string>;
  values: () => Iterable<Row>;
  size: () => number;
  /** The rows in the order they are to stand in a snapshot, as JSON, taken one at a time. A row removed meanwhile gives undefined. */
  texts: () => { count: number; at: (index: number) => string | undefined };
};

/** Rows as plain values in a Map, in the order they came. */
export const createMapTable = <Row>(keyOf: (row: Row) => string): RowTable<Row> => {
  const rows = new Map<string, Row>();
  return {
    get: (key) => rows.get(key),
    set: (row) => {
      rows.set(keyOf(row), row);
    },
    delete: (key) => {
      rows.delete(key);
    },
    keys: () => rows.keys(),
    values: () => rows.values(),
    size: () => rows.size,
    texts: () => {
      const frozen = [...rows.values()];
      return { count: frozen.length, at: (index) => JSON.stringify(frozen[index]) };
    },
  };
};

/** What lowdb holds: the document of one collection. */
export type StoredDocument<Row> = { version: number; rows: RowTable<Row> };

/** Turns a row of one version into the next; undefined leaves it out. */
export type Migration = (row: RowData) => RowData | undefined;

/** How one collection is stored. */
export type Shape<Row> = {
  name: string;
  keyOf: (row: Row) => string;
  /** Append-only: the version of a collection is how many there are. */
  migrations: readonly Migration[];
  createRows?: () => RowTable<Row>;
};
