import Contrast from 'lucide-react/icons/contrast';
import WifiOff from 'lucide-react/icons/wifi-off';
import type { ReactNode } from 'react';
import type { Alert, AppStatus } from '../../preload/contract/status.ts';
import { viewHref } from '../client/view-state.ts';
import { IconButton } from '../ui/button.tsx';
import { classes } from '../ui/classes.ts';
import { clock, dueInline, localZone, timeTooltip } from '../ui/format.ts';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { type GlyphName, StatusGlyph } from '../ui/status-glyph.tsx';
import { useNow } from '../ui/use-now.ts';
import { words } from '../words/words.ts';
import { alertHref } from './receipt-words.ts';

const { shell: say } = words;

const FOR_EVER = '9999';

const State = ({ glyph, tone, children }: { glyph: GlyphName; tone?: 'warn' | 'fail'; children: ReactNode }) => (
  <span className={classes('wire-state', tone && `wire-${tone}`)}>
    <StatusGlyph status={glyph} />
    <span className="trunc">{children}</span>
  </span>
);

const Running = ({ status }: { status: AppStatus }) => {
  const [run, ...others] = status.running;
  if (!run) return null;
  const progress = run.status === 'running' ? run.progress : undefined;
  return (
    <>
      <a className="wire-state" href={viewHref(['history', 'run', run.id])}>
        <StatusGlyph status="running" />
        <span className="trunc">
          <b>{run.name}</b>
          {progress && progress.total > 0 && say.wire.progress(progress.done, progress.total)}
          {others.length > 0 && say.wire.others(others.length)}
        </span>
      </a>
      {progress && progress.total > 0 && (
        <span className="wire-progress hide-narrow">
          <ProgressBar done={progress.done} total={progress.total} label={run.name} />
        </span>
      )}
    </>
  );
};

const pausedWords = (until: string, now: number): string => {
  if (until.startsWith(FOR_EVER)) return say.wire.pausedForGood;
  const isToday = Date.parse(until) - now < 20 * 3_600_000;
  return say.wire.pausedUntil(isToday ? clock(until) : dueInline(until, now));
};

/** The one thing to say: trouble first, then what runs, then what waits, then what is next. */
const Now = ({ status, now }: { status: AppStatus; now: number }) => {
  if (status.storeProblem)
    return (
      <State glyph="failed" tone="fail">
        {status.storeProblem}
      </State>
    );
  if (status.running.length > 0) return <Running status={status} />;
  if (status.offlineSince)
    return (
      <span className="wire-state wire-warn">
        <WifiOff />
        <span className="trunc">{say.wire.offline(clock(status.offlineSince))}</span>
      </span>
    );
  if (!status.schedulerRunning)
    return (
      <State glyph="failed" tone="fail">
        <b>{say.wire.stopped}</b> {say.wire.nothingRuns}
      </State>
    );
  if (status.pausedUntil) return <State glyph="waiting">{pausedWords(status.pausedUntil, now)}</State>;
  if (!status.next) return <State glyph="idle">{say.wire.nothingScheduled}</State>;
  return (
    <State glyph="idle">
      {say.wire.next} <b>{status.next.name}</b> {dueInline(status.next.dueAt, now)}
    </State>
  );
};

const AlertCount = ({ alerts }: { alerts: readonly Alert[] }) => {
  const newest = alerts.at(-1);
  if (!newest) return null;
  return (
    <a className="wire-state wire-warn" href={alertHref(newest)} title={newest.text}>
      <StatusGlyph status="warning" />
      <span>{say.wire.alerts(alerts.length)}</span>
    </a>
  );
};

/** Heavy work that waits for a better moment, and until when at most. */
const PowerWait = ({ waiting, now }: { waiting: NonNullable<AppStatus['waiting']>; now: number }) => {
  const forPower = waiting.filter(({ why }) => why === 'power');
  const latest = forPower
    .map(({ latestAt }) => latestAt ?? '')
    .toSorted()
    .at(-1);
  if (!forPower[0]?.reason || !latest) return null;
  const isToday = Date.parse(latest) - now < 20 * 3_600_000;
  return (
    <a className="wire-state" href={viewHref(['schedules'])} title={forPower.map(({ name }) => name).join(', ')}>
      <StatusGlyph status="deferred" />
      <span className="trunc">
        {say.wire.waits(forPower.length, forPower[0].reason, isToday ? clock(latest) : dueInline(latest, now))}
      </span>
    </a>
  );
};

/** The line along the bottom that says what the tray says. */
export const Wire = ({ status, unread, onTheme }: { status: AppStatus | undefined; unread: number; onTheme: () => void }) => {
  const now = useNow();
  const zone = status?.timeZone ?? localZone();
  return (
    <footer className="wire">
      {status ? <Now status={status} now={now} /> : <State glyph="idle">{say.wire.starting}</State>}
      {unread > 0 && <span className="hide-narrow">{say.wire.unread(unread)}</span>}
      {status?.loading !== undefined && (
        <span className="hide-narrow">{say.wire.readingOlder(Math.round(status.loading * 100))}</span>
      )}
      <PowerWait waiting={status?.waiting ?? []} now={now} />
      <AlertCount alerts={status?.alerts ?? []} />
      {status?.update && (
        <a className="hide-narrow" href={viewHref(['settings', 'about'])}>
          {say.wire.newer(status.update.version)}
        </a>
      )}
      <span className="wire-space" />
      {status?.last && (
        <a className="hide-narrow trunc" href={viewHref(['history', 'run', status.last.runId])}>
          {say.wire.last} {status.last.name}
          {status.last.words && `, ${status.last.words}`}
        </a>
      )}
      <time className="mono wire-time hide-small" dateTime={new Date(now).toISOString()} title={timeTooltip(now, zone)}>
        {clock(now, zone)} {zone}
      </time>
      <IconButton label={words.commands.names['look.switch']} icon={<Contrast />} onClick={onTheme} />
    </footer>
  );
};
