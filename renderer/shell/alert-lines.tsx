import X from 'lucide-react/icons/x';
import type { Alert } from '../../preload/contract/status.ts';
import { useAction } from '../client/use-action.ts';
import { IconButton } from '../ui/button.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { StatusGlyph } from '../ui/status-glyph.tsx';
import { words } from '../words/words.ts';
import { alertHref } from './receipt-words.ts';
import './notices.css';

const { shell: say } = words;

const SHOWN = 3;

/** What began to fail or stands still, newest first, a line each; it goes by itself when it works again. */
export const AlertLines = ({ alerts }: { alerts: readonly Alert[] }) => {
  const dismiss = useAction('app.dismissAlert');
  const newest = alerts.toReversed();
  return (
    <section className="alerts" aria-label={say.alerts.name}>
      <ul>
        {newest.slice(0, SHOWN).map((alert) => (
          <li key={alert.id}>
            <StatusGlyph status="warning" />
            <span>
              <a className="link" href={alertHref(alert)}>
                {alert.text}
              </a>{' '}
              <span className="dim">
                <RelativeTime at={alert.at} />
              </span>
            </span>
            <IconButton
              label={say.alerts.putAwayThis(alert.text)}
              title={say.alerts.putAway}
              icon={<X aria-hidden="true" strokeWidth={1.5} />}
              onClick={() => void dismiss.run({ id: alert.id })}
            />
          </li>
        ))}
      </ul>
      {alerts.length > SHOWN && <p className="dim">{say.alerts.more(alerts.length - SHOWN)}</p>}
      {dismiss.error && <p className="bad">{dismiss.error.message}</p>}
    </section>
  );
};
