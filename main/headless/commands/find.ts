import type { DigestRow } from '../../../preload/contract/digest.ts';
import { AppError } from '../../../preload/contract/errors.ts';
import type { SavedSearch } from '../../../preload/contract/saved-search.ts';
import type { Schedule } from '../../../preload/contract/schedule.ts';
import type { Source } from '../../../preload/contract/source.ts';
import type { Core } from '../../core.ts';
import { ask } from '../with-core.ts';

const same = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();

/** The one row that fits by the first question that fits any. Throws NOT_FOUND, or USAGE when more than one fits. */
const pick = <Row extends { id: string }>(
  rows: readonly Row[],
  questions: ((row: Row) => boolean)[],
  what: string,
  name: string,
): Row => {
  for (const question of questions) {
    const fitting = rows.filter(question);
    if (fitting.length === 1 && fitting[0]) return fitting[0];
    if (fitting.length > 1) {
      const ids = fitting.map(({ id }) => id).slice(0, 5);
      throw new AppError('USAGE', `More than one ${what} is called "${name.slice(0, 80)}". Use an id: ${ids.join(', ')}.`);
    }
  }
  throw new AppError('NOT_FOUND', `There is no ${what} "${name.slice(0, 80)}".`);
};

/** A source by its id, its address or its title. */
export const findSource = async (core: Core, name: string): Promise<Source> => {
  const rows = await ask(core, 'sources.list', {});
  const isAt = (source: Source): boolean => source.kind === 'feed' && same(source.feedUrl, name);
  return pick(
    rows.map(({ source }) => source),
    [({ id }) => id === name, isAt, ({ title }) => same(title, name)],
    'source',
    name,
  );
};

/** A saved search by its id or its name. */
export const findSearch = async (core: Core, name: string): Promise<SavedSearch> => {
  const rows = await ask(core, 'searches.list', {});
  return pick(rows, [({ id }) => id === name, (row) => same(row.name, name)], 'saved search', name);
};

/** A schedule by its id or its name. */
export const findSchedule = async (core: Core, name: string): Promise<Schedule> => {
  const rows = await ask(core, 'schedules.list', {});
  return pick(
    rows.map(({ schedule }) => schedule),
    [({ id }) => id === name, (row) => same(row.name, name)],
    'schedule',
    name,
  );
};

/** A digest by its id or its name. */
export const findDigest = async (core: Core, name: string): Promise<DigestRow> => {
  const digests = await ask(core, 'digests.list', {});
  const rows = digests.map((digest) => ({ id: digest.row.schedule.id, digest }));
  const isCalled = ({ digest }: { digest: DigestRow }): boolean => same(digest.row.schedule.name, name);
  return pick(rows, [({ id }) => id === name, isCalled], 'digest', name).digest;
};
