import type { DigestOptions, DigestPreview } from '../../preload/contract/digest.ts';
import { AppError } from '../../preload/contract/errors.ts';
import { editionKey } from '../digest/edition-key.ts';
import { gather } from '../digest/gather.ts';
import { systemTimeZone } from './local-time.ts';
import type { Services } from './services.ts';

/** What a preview is asked with, checked. */
export type PreviewWish = {
  name: string;
  timeZone?: string | undefined;
  options: DigestOptions;
  scheduleId?: string | undefined;
  asOf?: string | undefined;
};

/** Previews under way, by what they are of; a newer one ends an older one. */
const going = new Map<string, AbortController>();

const checkZone = (timeZone: string): void => {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
  } catch {
    throw new AppError('SCHED_INVALID', `There is no time zone "${timeZone.slice(0, 64)}".`, { field: 'timeZone' });
  }
};

/** The edition that the next run would make anew: it is there, and nothing of it was sent yet. */
const madeAgain = ({ store }: Services, { scheduleId, timeZone }: { scheduleId: string; timeZone: string }, now: number) => {
  const schedule = store.schedules.get(scheduleId);
  const known = schedule && store.editions.byKey(editionKey({ ...schedule, timeZone }, now));
  return known && !known.sendBegunAt ? known : undefined;
};

const look = async (services: Services, wish: PreviewWish, signal: AbortSignal): Promise<DigestPreview> => {
  const { clock } = services;
  const { name, scheduleId, options, asOf, timeZone = systemTimeZone() } = wish;
  checkZone(timeZone);
  const { editionDeps } = await import('../jobs/send-digest.ts');
  const deps = editionDeps(services);
  const now = clock.now();
  const atMs = asOf ? Date.parse(asOf) : now;
  const known = scheduleId && !asOf ? madeAgain(services, { scheduleId, timeZone }, now) : undefined;
  const wanted = { scheduleId, name, timeZone, options, atMs, toMs: atMs, isTest: false, isReplay: asOf !== undefined };
  const { content, considered } = await gather(deps, known ? { ...wanted, except: known.id } : wanted, signal);
  const shown = known ? { ...content, number: known.content.number } : content;
  const rendered = await deps.render(shown);
  signal.throwIfAborted();
  return { ...rendered, content: shown, considered, bytes: Buffer.byteLength(rendered.html) + Buffer.byteLength(rendered.text) };
};

/**
 * What an edition would be now, or would have been at `asOf`. Stores and sends nothing. Throws SCHED_INVALID for a zone that is none,
 * CANCELLED when a newer preview of the same digest was asked for.
 */
export const previewDigest = async (services: Services, wish: PreviewWish): Promise<DigestPreview> => {
  const key = `${wish.scheduleId ?? ''} ${wish.asOf ?? ''}`;
  going.get(key)?.abort(new AppError('CANCELLED', 'A newer preview took its place.'));
  const control = new AbortController();
  going.set(key, control);
  try {
    return await look(services, wish, control.signal);
  } finally {
    if (going.get(key) === control) going.delete(key);
  }
};
