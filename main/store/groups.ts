type Grouped = { id: string; queuedAt: string; isRestored?: boolean | undefined };

/** Ids of rows by something they share, in the order the rows came; a row that an undo brought back stands where it stood in time. */
export type Groups<Row extends Grouped> = {
  note: (before: Row | undefined, after: Row | undefined) => void;
  ids: (group: string) => readonly string[];
};

/** An index kept beside a collection. A row's group never changes. */
export const createGroups = <Row extends Grouped>(groupOf: (row: Row) => string | undefined): Groups<Row> => {
  const groups = new Map<string, string[]>();
  const times = new Map<string, string>();
  const placeOf = (ids: readonly string[], row: Row): number => {
    let at = ids.length;
    if (row.isRestored) while (at > 0 && (times.get(ids[at - 1] ?? '') ?? '') > row.queuedAt) at--;
    return at;
  };
  return {
    note: (before, after) => {
      const group = groupOf((before ?? after) as Row);
      if (group === undefined || (before && after)) return;
      const ids = groups.get(group) ?? [];
      if (after) {
        ids.splice(placeOf(ids, after), 0, after.id);
        times.set(after.id, after.queuedAt);
        groups.set(group, ids);
        return;
      }
      const at = ids.lastIndexOf(before?.id ?? '');
      if (at >= 0) ids.splice(at, 1);
      times.delete(before?.id ?? '');
      if (ids.length === 0) groups.delete(group);
    },
    ids: (group) => groups.get(group) ?? [],
  };
};
