/** The files of one collection, by number, ascending. A journal's number is that of the snapshot it goes on from, or higher. */
export type CollectionFiles = { snapshots: number[]; journals: number[]; temps: string[] };

const NUMBERED = /^(.+)\.(\d{1,12})\.(json|journal)$/;

export const snapshotName = (name: string, number: number): string => `${name}.${number}.json`;
export const journalName = (name: string, number: number): string => `${name}.${number}.journal`;

/** All names of a collection's files. */
export const namesOf = (name: string, files: CollectionFiles): string[] => [
  ...files.snapshots.map((number) => snapshotName(name, number)),
  ...files.journals.map((number) => journalName(name, number)),
];

/** Sorts the names in the data folder by collection. Names that are not ours (a copy a sync service made) are left alone. */
export const groupFiles = (names: readonly string[]): Map<string, CollectionFiles> => {
  const groups = new Map<string, CollectionFiles>();
  for (const name of names) {
    const isTemp = name.endsWith('.tmp');
    const match = NUMBERED.exec(isTemp ? name.slice(0, -4) : name);
    const number = match?.[2];
    if (!match?.[1] || !number || (number.length > 1 && number.startsWith('0'))) continue;
    const group = groups.get(match[1]) ?? { snapshots: [], journals: [], temps: [] };
    groups.set(match[1], group);
    if (isTemp) group.temps.push(name);
    else (match[3] === 'json' ? group.snapshots : group.journals).push(Number(number));
  }
  for (const group of groups.values()) {
    group.snapshots.sort((a, b) => a - b);
    group.journals.sort((a, b) => a - b);
  }
  return groups;
};
