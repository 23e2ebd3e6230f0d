import type { EditionContent, RenderedEdition } from '../../../preload/contract/digest.ts';
import { toLayout } from './layout.ts';
import { subjectOf } from './subject.ts';
import { toText } from './text.ts';
import { words } from './words.ts';

export type RenderOptions = {
  /** Where people write to leave the list. Without one, or with one that is no plain address, they are told to answer the mail. */
  unsubscribe?: string;
};

/** An address that needs no quoting in a link or in a sentence. */
const PLAIN_ADDRESS = /^[\w.+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,10}$/i;

/**
 * Lays an edition out as a mail: subject, HTML document and plain text. The same content gives the same bytes, at any time and
 * on any machine. Text of posts stays text; nothing is loaded from elsewhere. Throws RangeError for a zone that is not known.
 */
export const renderEdition = async (content: EditionContent, options: RenderOptions = {}): Promise<RenderedEdition> => {
  const { unsubscribe } = options;
  const address = unsubscribe !== undefined && PLAIN_ADDRESS.test(unsubscribe) ? unsubscribe : undefined;
  const layout = toLayout(content);
  const subject = subjectOf(content);
  const foot = [words.footWhy(layout.name), words.footLeave(address)];
  // Read when the first edition is laid out: a start does not pay for it.
  const { toHtml } = await import('./html.ts');
  return { subject, html: toHtml(layout, subject, foot, address), text: toText(layout, foot) };
};
