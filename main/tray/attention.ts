import type { Alert, AppStatus } from '../../preload/contract/status.ts';

/** Something that waits for the owner, and where in the window it is dealt with. */
export type Call = { text: string; view: string };

type Kind = { one: string; many: (count: number) => string; view: (subjectId: string) => string; all: string };
const sameForAll = (view: string): Pick<Kind, 'view' | 'all'> => ({ view: () => view, all: view });
const at = (path: string): Pick<Kind, 'view' | 'all'> => ({
  view: (subjectId) => `${path}/${encodeURIComponent(subjectId)}`,
  all: path,
});

const KINDS: Readonly<Record<Alert['kind'], Kind>> = {
  'source-failing': { one: '1 source needs you', many: (count) => `${count} sources need you`, ...at('#/sources') },
  'job-failing': {
    one: '1 schedule needs you',
    many: (count) => `${count} schedules need you`,
    view: (subjectId) => `#/history?schedule=${encodeURIComponent(subjectId)}`,
    all: '#/schedules',
  },
  'job-stalled': {
    one: '1 schedule stands still',
    many: (count) => `${count} schedules stand still`,
    view: (subjectId) => `#/history?schedule=${encodeURIComponent(subjectId)}`,
    all: '#/schedules',
  },
  'domains-failing': { one: 'Sites need you', many: () => 'Sites need you', ...sameForAll('#/domains') },
  'digest-in-doubt': { one: '1 digest needs you', many: (count) => `${count} digests need you`, ...at('#/digests') },
  'messages-failing': { one: 'Messages do not arrive', many: () => 'Messages do not arrive', ...sameForAll('#/settings') },
};

/** One line for each kind of trouble, what stops collecting first. */
export const callsOf = ({ storeProblem, alerts = [] }: AppStatus): Call[] => {
  const byKind = Map.groupBy(alerts, ({ kind }) => kind);
  const calls = [...byKind].map(([kind, those]): Call => {
    const { one, many, view, all } = KINDS[kind];
    return those.length === 1 ? { text: one, view: view(those[0]?.subjectId ?? '') } : { text: many(those.length), view: all };
  });
  return storeProblem ? [{ text: storeProblem, view: '#/settings' }, ...calls] : calls;
};
