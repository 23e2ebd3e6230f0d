import type { PostCounts, PostRow } from '../../../preload/contract/post.ts';
import type { ScheduleRow } from '../../../preload/contract/schedule.ts';
import type { SourceRow } from '../../../preload/contract/source.ts';
import { go } from '../../client/use-view.ts';
import { COMMANDS } from '../../ui/commands.ts';
import type { Doable } from '../../ui/use-commands.ts';
import { words } from '../../words/words.ts';
import type { Entry, EntryKind } from './entry.ts';

const { palette: say, commands } = words;

/** Commands about the palette itself have no place in it. */
const SELF = new Set(['palette.open', 'pane.next', 'pane.previous']);
const kindOf = ({ id }: Doable): EntryKind => {
  const { where } = COMMANDS[id];
  if (where === 'everywhere') return 'command';
  return where === 'going' ? 'place' : 'here';
};

/** The commands that can be done now, those of the screen first. */
export const commandEntries = (doable: readonly Doable[]): Entry[] => {
  const kinds: EntryKind[] = ['here', 'command', 'place'];
  const ids = Object.keys(COMMANDS);
  const entries = doable
    .filter(({ id }) => !SELF.has(id))
    .map((command): Entry => {
      const { keys } = COMMANDS[command.id];
      return {
        id: command.id,
        kind: kindOf(command),
        words: command.words ?? commands.names[command.id],
        keys: keys.slice(0, 1),
        run: () => command.run(),
      };
    });
  return entries.toSorted((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || ids.indexOf(a.id) - ids.indexOf(b.id));
};

/** Each schedule: to run it now, and to look at it. */
export const scheduleEntries = (rows: readonly ScheduleRow[], runNow: (row: ScheduleRow) => void): Entry[] =>
  rows.flatMap((row): Entry[] => {
    const { id, name, enabled } = row.schedule;
    return [
      { id: `run:${id}`, kind: 'schedule', words: say.runNow(name), run: () => runNow(row) },
      {
        id: `schedule:${id}`,
        kind: 'schedule',
        words: name,
        more: enabled ? undefined : say.off,
        isDeep: true,
        run: () => go(['schedules', id]),
      },
    ];
  });

/** Each source: its posts, and its page. */
export const sourceEntries = (rows: readonly SourceRow[]): Entry[] =>
  rows.flatMap(({ source }): Entry[] => {
    const more = [source.folder.join(' / '), source.paused ? say.paused : ''].filter(Boolean).join(', ') || undefined;
    return [
      {
        id: `source:${source.id}`,
        kind: 'source',
        words: source.title,
        more,
        isDeep: true,
        run: () => go(['posts', 'source', source.id]),
      },
      {
        id: `about:${source.id}`,
        kind: 'source',
        words: say.editSource(source.title),
        isDeep: true,
        run: () => go(['sources', source.id]),
      },
    ];
  });

/** Each folder that holds a source, and those it stands in. */
export const folderEntries = (rows: readonly SourceRow[]): Entry[] => {
  const byKey = new Map<string, Entry>();
  for (const { source } of rows) {
    for (let depth = 1; depth <= source.folder.length; depth += 1) {
      const path = source.folder.slice(0, depth);
      const id = `folder:${JSON.stringify(path)}`;
      const name = path.at(-1) ?? '';
      const more = path.slice(0, -1).join(' / ') || undefined;
      byKey.set(id, { id, kind: 'folder', words: name, more, isDeep: true, run: () => go(['posts', 'folder', ...path]) });
    }
  }
  return [...byKey.values()];
};

/** Posts by title. */
export const postEntries = (rows: readonly PostRow[]): Entry[] =>
  rows.map((post) => ({
    id: `post:${post.id}`,
    kind: 'post',
    words: post.title || post.url,
    more: post.sourceTitle,
    isDeep: true,
    run: () => go(['posts', 'all'], { post: post.id }),
  }));

/** The searches that were saved, and the labels in use. */
export const shelfEntries = (searches: readonly { id: string; name: string }[], labels: PostCounts['labels'] = []): Entry[] => [
  ...searches.map(
    ({ id, name }): Entry => ({
      id: `search:${id}`,
      kind: 'search',
      words: name,
      isDeep: true,
      run: () => go(['posts', 'saved', id]),
    }),
  ),
  ...labels.map(
    ({ name }): Entry => ({
      id: `label:${name}`,
      kind: 'label',
      words: name,
      isDeep: true,
      run: () => go(['posts', 'label', name]),
    }),
  ),
];
