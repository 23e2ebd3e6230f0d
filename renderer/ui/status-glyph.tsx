import type { ReactNode } from 'react';
import { words } from '../words/words.ts';
import { classes } from './classes.ts';
import { RUN_STATUS_WORDS } from './run-words.ts';
import './status.css';

const { parts: say } = words;

/** What a glyph can say. The first nine are the statuses of a run; the last three are said elsewhere. */
export type GlyphName =
  | 'queued'
  | 'running'
  | 'completed'
  | 'failed'
  | 'cancelled'
  | 'abandoned'
  | 'missed'
  | 'skipped'
  | 'deferred'
  | 'waiting'
  | 'warning'
  | 'idle';

/* Drawn on a grid of 12: each differs in outline from all others at 10 px, without colour. */
const DRAWINGS: Record<GlyphName, ReactNode> = {
  queued: <circle cx="6" cy="6" r="4.5" strokeWidth="1.3" />,
  running: (
    <g className="glyph-turning">
      <circle cx="6" cy="6" r="4.5" strokeWidth="1.7" opacity="0.3" />
      <path d="M6 1.5A4.5 4.5 0 0 1 10.5 6" strokeWidth="1.7" />
    </g>
  ),
  completed: <path d="m2 6.6 2.8 2.6L10 3" strokeWidth="1.7" />,
  failed: (
    <>
      <circle cx="6" cy="6" r="5.5" fill="currentColor" stroke="none" />
      <path className="glyph-cut" d="m4 4 4 4m0-4L4 8" strokeWidth="1.6" />
    </>
  ),
  cancelled: (
    <>
      <rect x="1.5" y="1.5" width="9" height="9" rx="1.5" strokeWidth="1.3" />
      <rect x="4.2" y="4.2" width="3.6" height="3.6" fill="currentColor" stroke="none" />
    </>
  ),
  abandoned: <path d="M3.2 2.7a4.5 4.5 0 1 0 5.6 0M6 1v4.5" strokeWidth="1.5" />,
  missed: <circle cx="6" cy="6" r="4.5" strokeWidth="1.5" strokeDasharray="2.05 1.48" strokeLinecap="butt" />,
  skipped: <path d="M2 2.8 5.3 6 2 9.2m4.4-6.4L9.7 6 6.4 9.2" strokeWidth="1.6" />,
  deferred: (
    <>
      <circle cx="6" cy="6" r="4.8" strokeWidth="1.3" />
      <path d="M6 3.4V6l1.8 1.2" strokeWidth="1.3" />
    </>
  ),
  waiting: <path d="M4 2.3v7.4m4-7.4v7.4" strokeWidth="2" />,
  warning: (
    <>
      <path d="M6 1.4 11.1 10.5H.9Z" strokeWidth="1.3" />
      <path d="M6 4.7v2.5M6 8.9v.05" strokeWidth="1.3" />
    </>
  ),
  idle: <path d="M1.5 2.6h9M4.2 5.4h3.6M4.2 7.6h3.6M4.2 9.8h3.6" strokeWidth="1.5" strokeLinecap="butt" />,
};

/** The picture alone; always beside its word. */
export const StatusGlyph = ({ status }: { status: GlyphName }) => (
  <svg className={classes('glyph', `glyph-${status}`)} viewBox="0 0 12 12" aria-hidden="true" focusable="false">
    {DRAWINGS[status]}
  </svg>
);

const WORDS: Record<GlyphName, string> = { ...RUN_STATUS_WORDS, ...say.glyphs };
/** The word of a status, as written everywhere. */
export const statusWord = (status: GlyphName): string => WORDS[status];

/** Glyph and word; `children` replaces the word. */
export const Status = ({ status, children }: { status: GlyphName; children?: ReactNode }) => (
  <span className={classes('status', `status-${status}`)}>
    <StatusGlyph status={status} />
    <span>{children ?? WORDS[status]}</span>
  </span>
);
