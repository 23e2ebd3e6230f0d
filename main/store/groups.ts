/** Ids of rows by something they share, in the order the rows came. */
export type Groups<Row extends { id: string }> = {
  note: (before: Row | undefined, after: Row | undefined) => void;
  ids: (group: string) => readonly string[];
};

/** An index kept beside a collection. A row's group never changes. */
export const createGroups = <Row extends { id: string }>(groupOf: (row: Row) => string | undefined): Groups<Row> => {
  const groups = new Map<string, string[]>();
  return {
    note: (before, after) => {
      const group = groupOf((before ?? after) as Row);
      if (group === undefined || (before && after)) return;
      const ids = groups.get(group) ?? [];
      if (after) {
        ids.push(after.id);
        groups.set(group, ids);
        return;
      }
      const at = ids.lastIndexOf(before?.id ?? '');
      if (at >= 0) ids.splice(at, 1);
      if (ids.length === 0) groups.delete(group);
    },
    ids: (group) => groups.get(group) ?? [],
  };
};
