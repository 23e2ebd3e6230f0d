import type { ReactNode } from 'react';
import { words } from '../words/words.ts';
import { classes } from './classes.ts';
import { type GlyphName, StatusGlyph } from './status-glyph.tsx';
import './states.css';

const { parts: say } = words;

type Tone = 'fail' | 'warn' | 'info';
const GLYPHS: Record<Tone, GlyphName> = { fail: 'failed', warn: 'warning', info: 'running' };

/** A band with a rule above: what is so, in bold; then what of it. Never a modal. */
export const Note = ({
  tone,
  title,
  icon,
  children,
}: {
  tone: Tone;
  title: ReactNode;
  icon?: ReactNode;
  children?: ReactNode;
}) => (
  <div className={classes('note', tone !== 'fail' && `note-${tone}`)} role={tone === 'fail' ? 'alert' : 'status'}>
    {icon ?? <StatusGlyph status={GLYPHS[tone]} />}
    <div className="note-text">
      <b>{title}</b> {children && <span className="note-more">{children}</span>}
    </div>
  </div>
);

/** Something failed: what happened, whether anything was lost, and a way to try again. */
export const ErrorNote = ({
  error,
  kept = say.nothingIsLost,
  onRetry,
}: {
  error: { message: string };
  /** What became of the data, in a sentence. */
  kept?: string;
  onRetry?: (() => void) | undefined;
}) => (
  <Note tone="fail" title={error.message}>
    {kept}{' '}
    {onRetry && (
      <button type="button" className="link" onClick={onRetry}>
        {say.tryAgain}
      </button>
    )}
  </Note>
);
