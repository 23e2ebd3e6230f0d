/*
 * Which language the window speaks, and how it writes numbers. Read once when the page starts: a change of language is a
 * reload, so that every string is plain.
 */

/** The BCP 47 tag that numbers are written by. English is written as in Britain: `18,402`. */
export const locale = (): string => 'en-GB';
