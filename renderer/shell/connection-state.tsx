import type { ReactNode } from 'react';
import type { ConnectionState } from '../client/connection.ts';
import { StatusGlyph } from '../ui/status-glyph.tsx';
import { words } from '../words/words.ts';
import { Mark } from './mark.tsx';
import './shell.css';

const { shell: say } = words;

/** Over the page while the host does not answer; what is shown below may be old but stays readable. */
export const LostBand = () => (
  <div className="band" role="status">
    <StatusGlyph status="warning" />
    <span>
      <b>{say.connection.lost}</b> {say.connection.trying}
    </span>
  </div>
);

/** Before anything can be shown. */
export const Lone = ({ state, children }: { state: ConnectionState; children?: ReactNode }) => {
  if (children) return <main className="lone">{children}</main>;
  if (state !== 'needs-link') return <main className="lone" aria-busy="true" aria-label={say.connection.connecting} />;
  return (
    <main className="lone">
      <Mark />
      <h1>{say.connection.needsLink}</h1>
      <p>{say.connection.needsLinkWhy}</p>
      <p>{say.connection.askForOne}</p>
      <code>{say.connection.command}</code>
    </main>
  );
};
