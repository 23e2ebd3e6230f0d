import type { ReactNode } from 'react';
import type { ConnectionState } from '../client/connection.ts';
import { StatusGlyph } from '../ui/status-glyph.tsx';
import { Mark } from './mark.tsx';
import './shell.css';

/** Over the page while the host does not answer; what is shown below may be old but stays readable. */
export const LostBand = () => (
  <div className="band" role="status">
    <StatusGlyph status="warning" />
    <span>
      <b>The connection to Tidings is lost.</b> Trying again.
    </span>
  </div>
);

/** Before anything can be shown. */
export const Lone = ({ state, children }: { state: ConnectionState; children?: ReactNode }) => {
  if (children) return <main className="lone">{children}</main>;
  if (state !== 'needs-link') return <main className="lone" aria-busy="true" aria-label="Connecting to Tidings" />;
  return (
    <main className="lone">
      <Mark />
      <h1>This page needs a fresh link</h1>
      <p>A link to Tidings opens once, so that nobody else on this computer can read along. This one was used or is too old.</p>
      <p>Ask for a new one where Tidings runs:</p>
      <code>tidings open</code>
    </main>
  );
};
