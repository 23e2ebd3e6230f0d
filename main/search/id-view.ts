/**
 * Ids, each once, as a set: going through them costs nothing; the set behind the other questions is made when first asked.
 * (A hundred thousand ids take longer to put into a set than to find.)
 */
export const viewOf = (ids: readonly string[]): ReadonlySet<string> => {
  let made: Set<string> | undefined;
  const all = (): Set<string> => {
    made ??= new Set(ids);
    return made;
  };
  const view: ReadonlySet<string> = {
    size: ids.length,
    has: (id) => all().has(id),
    forEach: (callback) => {
      for (const id of ids) callback(id, id, view);
    },
    entries: () => all().entries(),
    keys: () => ids.values() as SetIterator<string>,
    values: () => ids.values() as SetIterator<string>,
    [Symbol.iterator]: () => ids.values() as SetIterator<string>,
  };
  return view;
};
