import { createHash } from 'node:crypto';
import type { Edition } from '../../preload/contract/digest.ts';
import type { EditionsRepository } from '../store/repositories.ts';
import { toLayout } from './render/layout.ts';
import { toPlain } from './render/plain.ts';
import { subjectOf } from './render/subject.ts';
import { words } from './render/words.ts';

/** The most editions that the feed of a digest holds. */
const MOST = 30;

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** Markup and plain text alike become text of XML: it has no control characters, and its markup is escaped (RFC 4287, 3.1.1.2). */
const escapeXml = (text: string): string => text.replace(/[&<>"]/g, (letter) => ESCAPES[letter] ?? letter);

/** An id that stays, made of one of ours: a UUID of version 8 (RFC 9562, 5.8) as a URN. */
const urnOf = (kind: 'digest' | 'edition', id: string): string => {
  const hex = createHash('sha256').update(`tidings ${kind} ${id}`).digest('hex');
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16);
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

const entryOf = (edition: Edition, toFragment: (layout: ReturnType<typeof toLayout>) => string): string => {
  const layout = toLayout(edition.content);
  return [
    '  <entry>',
    `    <id>${urnOf('edition', edition.id)}</id>`,
    `    <title type="text">${escapeXml(subjectOf(edition.content))}</title>`,
    `    <published>${edition.content.at}</published>`,
    `    <updated>${edition.madeAt}</updated>`,
    `    <summary type="text">${escapeXml(layout.numbered)}</summary>`,
    `    <content type="html">${escapeXml(toFragment(layout))}</content>`,
    '  </entry>',
  ].join('\n');
};

/**
 * An Atom feed (RFC 4287) of editions of one digest, newest first, as one document. The same editions give the same bytes.
 * Tests are left out. Throws RangeError for an edition whose zone the runtime does not know.
 */
export const editionFeed = async (scheduleId: string, name: string, editions: readonly Edition[]): Promise<string> => {
  const { toFragment } = await import('./render/fragment.ts');
  const shown = editions
    .filter((edition) => !edition.content.isTest)
    .toSorted((a, b) => b.content.number - a.content.number)
    .slice(0, MOST);
  const title = escapeXml(toPlain(name) || words.digest);
  const updated = shown.reduce((newest, { madeAt }) => (madeAt > newest ? madeAt : newest), '1970-01-01T00:00:00.000Z');
  return `${[
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
    `  <id>${urnOf('digest', scheduleId)}</id>`,
    `  <title type="text">${title}</title>`,
    `  <updated>${updated}</updated>`,
    `  <author><name>${title}</name></author>`,
    '  <generator>Tidings</generator>',
    ...shown.map((edition) => entryOf(edition, toFragment)),
    '</feed>',
  ].join('\n')}\n`;
};

/** The feed of the digest of this edition: those that were sent, and this one. */
export const feedOfEdition = (editions: Pick<EditionsRepository, 'ofDigest'>, edition: Edition): Promise<string> =>
  editionFeed(edition.scheduleId, edition.content.name, [
    edition,
    ...editions.ofDigest(edition.scheduleId).filter(({ id, sendBegunAt }) => id !== edition.id && sendBegunAt),
  ]);
