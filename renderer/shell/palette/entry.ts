/** What an entry of the palette is; entries of one kind stand together. */
export type EntryKind = 'here' | 'command' | 'place' | 'schedule' | 'source' | 'folder' | 'search' | 'label' | 'setting' | 'post';

/** Something the palette finds. */
export type Entry = {
  /** The same from day to day, so that what was used last is known again. */
  id: string;
  kind: EntryKind;
  words: string;
  /** What tells it from others of that name: a folder, a section, a site. Found by it too. */
  more?: string | undefined;
  keys?: readonly string[];
  /** Only found by its words; not listed before anything is typed. */
  isDeep?: boolean;
  run: () => void;
};
