import type { DeliveryState, DigestRow, EditionRow } from '../../preload/contract/digest.ts';
import type { GlyphName } from '../ui/status-glyph.tsx';
import { words } from '../words/words.ts';

const { editions: say } = words.digests;

/** How an edition stands: its glyph, one word, what follows its number, and the whole sentence. */
export type EditionStand = { glyph: GlyphName; word: string; short: string; sentence: string };

const countsOf = ({ deliveries }: EditionRow) => {
  const of = (state: DeliveryState): number => deliveries[state] ?? 0;
  const all = Object.values(deliveries).reduce((sum, value) => sum + value, 0) - of('withdrawn');
  return {
    all,
    sent: of('sent'),
    doubt: of('in-doubt'),
    left: of('planned') + of('sending') + of('deferred'),
    refused: of('rejected'),
  };
};

/** How many deliveries of an edition are still to go. */
export const leftOf = (row: EditionRow): number => countsOf(row).left;
/** Whether it can be sent (on): some of it is still to go, or it was made and handed to nobody. */
export const canSend = (row: EditionRow): boolean => leftOf(row) > 0 || (!row.isTest && countsOf(row).all === 0);

/** How an edition stands, worst first: doubt, waiting, refused, sent. */
export const standOf = (row: EditionRow): EditionStand => {
  const { all, sent, doubt, left, refused } = countsOf(row);
  const told = (glyph: GlyphName, word: string, short: string, sentence = short): EditionStand => ({
    glyph,
    word,
    short,
    sentence,
  });
  if (row.isTest) return told('completed', say.states.test, say.testSent(sent));
  if (doubt > 0) return told('warning', say.states.doubt, say.unclear(doubt, all), say.doubt(doubt, all));
  if (left > 0) return told('waiting', say.states.waiting, say.waiting(left, all));
  if (refused > 0 && sent === 0) return told('failed', say.states.failed, say.refused(refused, all));
  if (refused > 0) return told('warning', say.states.partly, say.refused(refused, all));
  if (all > 0) return told('completed', say.states.sent, say.once(sent, all), say.sentOnce(sent, all));
  if (row.items === 0) return told('skipped', say.states.empty, say.nothingNew);
  return told('idle', say.states.made, say.notSent);
};

/** The glyph of a digest's badge; its word is in the catalogue. */
export const BADGE_GLYPHS: Record<DigestRow['badge'], GlyphName> = {
  active: 'completed',
  paused: 'waiting',
  disabled: 'cancelled',
  failed: 'failed',
};
/** The glyph of a delivery's state. */
export const DELIVERY_GLYPHS: Record<DeliveryState, GlyphName> = {
  planned: 'queued',
  sending: 'running',
  sent: 'completed',
  rejected: 'failed',
  deferred: 'deferred',
  'in-doubt': 'warning',
  withdrawn: 'cancelled',
};
