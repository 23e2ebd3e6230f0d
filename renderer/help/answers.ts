import type { DomainStatus } from '../../preload/contract/domain.ts';
import type { FetchJobStatus } from '../../preload/contract/fetch-job.ts';
import type { RunStatus } from '../../preload/contract/run.ts';
import { words } from '../words/words.ts';

const { answers: say, places, meanings } = words.help;

/** A question people ask, its answer in a few sentences, and where to go on. */
export type Answer = { id: string; question: string; answer: string; link?: { label: string; href: string } };

/** What goes wrong, or is not found, most often. */
export const ANSWERS: readonly Answer[] = [
  { id: 'not-running', ...say.notRunning, link: { label: places.schedules, href: '#/schedules' } },
  { id: 'slept', ...say.slept, link: { label: places.history, href: '#/history' } },
  { id: 'source-failing', ...say.sourceFailing, link: { label: places.sources, href: '#/sources' } },
  { id: 'not-asked', ...say.notAsked },
  { id: 'offline', ...say.offline },
  { id: 'where', ...say.where, link: { label: places.settings, href: '#/settings' } },
  { id: 'removed', ...say.removed, link: { label: places.settings, href: '#/settings' } },
  { id: 'crash', ...say.crash },
  { id: 'second', ...say.second },
];

/** What each status of a run means. */
export const RUN_MEANINGS: Record<RunStatus, string> = meanings.run;
/** What each status of one attempt at a source means. */
export const FETCH_JOB_MEANINGS: Record<FetchJobStatus, string> = meanings.fetchJob;
/** What each status of a domain means. */
export const DOMAIN_MEANINGS: Record<DomainStatus, string> = meanings.domain;
