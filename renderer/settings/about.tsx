import { words } from '../words/words.ts';
import type { Part } from './item.ts';

const { about: say } = words.settings;

/** Which Tidings this is. */
export const About = ({ status }: Part) => (
  <dl className="storage">
    <div>
      <dt>{say.version}</dt>
      <dd>{status?.version ?? ''}</dd>
    </div>
    <div>
      <dt>{say.runsAs}</dt>
      <dd>{status?.host === 'desktop' ? say.desktop : say.headless}</dd>
    </div>
    <div>
      <dt>{say.timeZone}</dt>
      <dd>{status?.timeZone ?? ''}</dd>
    </div>
    <div>
      <dt>{say.licence}</dt>
      <dd>{say.licenceIs}</dd>
    </div>
  </dl>
);
