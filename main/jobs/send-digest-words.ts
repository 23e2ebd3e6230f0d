import type { DeliveryCounts } from '../../preload/contract/digest.ts';

const IRREGULAR: Record<string, string> = { delivery: 'deliveries' };

/** `1 post`, `1,200 posts`. */
export const plural = (count: number, one: string): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : (IRREGULAR[one] ?? `${one}s`)}`;

/** How the sending of an edition stands: *Sent once, to 11 of 12. Refused: 1.* */
export const sentInWords = (counts: DeliveryCounts, isTest: boolean): string => {
  const all = Object.values(counts).reduce((sum, each) => sum + each, 0);
  const { sent = 0, rejected = 0, deferred = 0, planned = 0, withdrawn = 0, 'in-doubt': doubtful = 0 } = counts;
  if (isTest && sent === all) return 'The test was sent.';
  const parts = [
    `Sent once, to ${sent} of ${all}.`,
    rejected > 0 ? `Refused: ${rejected}.` : '',
    deferred + planned > 0 ? `Waiting: ${deferred + planned}.` : '',
    withdrawn > 0 ? `Taken back: ${withdrawn}.` : '',
    doubtful > 0 ? `In doubt: ${doubtful} of ${all} unclear.` : '',
  ];
  return parts.filter(Boolean).join(' ');
};
