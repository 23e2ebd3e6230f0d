import { type ReactNode, useCallback, useRef, useState } from 'react';
import type { ErrorData } from '../../preload/contract/errors.ts';
import type { Settings, SettingsPatch } from '../../preload/contract/settings.ts';
import type { AppStatus } from '../../preload/contract/status.ts';
import { useClient } from '../client/client-context.tsx';
import { useQuery } from '../client/use-query.ts';
import type { ViewState } from '../client/view-state.ts';
import { ButtonLink } from '../ui/button.tsx';
import { Segments, Switch } from '../ui/choices.tsx';
import { Slider } from '../ui/field.tsx';
import { KeyTable } from '../ui/key-table.tsx';
import { LoadingBars } from '../ui/loading-bars.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { Screen } from '../ui/screen.tsx';
import { SectionHead } from '../ui/table.tsx';
import { count, number } from '../words/counting.ts';
import { AddressSetting } from './address-setting.tsx';
import { BackupsSection } from './backups-section.tsx';
import { KeepingSettings } from './keeping-settings.tsx';
import { ListSettings } from './list-settings.tsx';
import { LoginSetting } from './login-setting.tsx';
import { NumberSetting } from './number-setting.tsx';
import { SettingRow } from './setting-row.tsx';
import { StorageSection } from './storage-section.tsx';
import { UndoSection } from './undo-section.tsx';
import './settings.css';

type Change = (patch: SettingsPatch) => void;
type Errors = Partial<Record<keyof Settings, string>>;
type Part = { settings: Settings; errors: Errors; change: Change; status: AppStatus | undefined };

const Reading = ({ settings, errors, change }: Part) => (
  <>
    <SettingRow name="Appearance" help="Light or dark." error={errors.appearance}>
      {() => (
        <Segments
          label="Appearance"
          value={settings.appearance}
          options={[
            { value: 'system', label: 'As the system' },
            { value: 'light', label: 'Light' },
            { value: 'dark', label: 'Dark' },
          ]}
          onChange={(appearance) => change({ appearance })}
        />
      )}
    </SettingRow>
    <SettingRow name="Rows" help="Compact puts each post on one line." error={errors.density}>
      {() => (
        <Segments
          label="Rows"
          value={settings.density}
          options={[
            { value: 'comfortable', label: 'Comfortable' },
            { value: 'compact', label: 'Compact' },
          ]}
          onChange={(density) => change({ density })}
        />
      )}
    </SettingRow>
    <SettingRow
      name="Size of reading text"
      help={`${settings.readingSize} px, about 64 letters a line.`}
      error={errors.readingSize}
    >
      {({ labelledBy, describedBy }) => (
        <span className="setting-sizes">
          <span className="serif setting-small">a</span>
          <Slider
            value={settings.readingSize}
            min={16}
            max={22}
            valueText={`${settings.readingSize} pixels`}
            aria-labelledby={labelledBy}
            aria-describedby={describedBy}
            onChange={(readingSize) => change({ readingSize })}
          />
          <span className="serif setting-large">a</span>
        </span>
      )}
    </SettingRow>
    <ListSettings settings={settings} errors={errors} change={change} />
  </>
);

const WindowAndTray = ({ settings, errors, change, status }: Part) => (
  <>
    {status?.can.startAtLogin && <LoginSetting />}
    <SettingRow
      name="Unread count in the tray"
      help={`${number(status?.unread ?? 0)} now. Muted sources are not counted.`}
      error={errors.trayCount}
    >
      {({ describedBy }) => (
        <Switch
          label="Unread count in the tray"
          describedBy={describedBy}
          isOn={settings.trayCount}
          onChange={(trayCount) => change({ trayCount })}
        />
      )}
    </SettingRow>
  </>
);

const Fetching = ({ settings, errors, change }: Part) => (
  <>
    <SettingRow
      name="Run schedules"
      help="Off, nothing is fetched by itself on this computer. What you start by hand still runs."
      error={errors.schedulerEnabled}
    >
      {({ describedBy }) => (
        <Switch
          label="Run schedules"
          describedBy={describedBy}
          isOn={settings.schedulerEnabled}
          onChange={(schedulerEnabled) => change({ schedulerEnabled })}
        />
      )}
    </SettingRow>
    <NumberSetting
      name="Look at a feed every"
      help="The least time between two looks at the same feed. A source can have its own; a host that asks for more time gets it."
      value={settings.fetchIntervalMinutes}
      least={5}
      most={10_080}
      unit="minutes"
      error={errors.fetchIntervalMinutes}
      onChange={(fetchIntervalMinutes) => change({ fetchIntervalMinutes })}
    />
    <SettingRow
      name="Ask quiet feeds less often"
      help="A feed is asked about twelve times between two of its posts, and at least once a day. Each source says why it is asked when it is."
      error={errors.adaptiveIntervals}
    >
      {({ describedBy }) => (
        <Switch
          label="Ask quiet feeds less often"
          describedBy={describedBy}
          isOn={settings.adaptiveIntervals}
          onChange={(adaptiveIntervals) => change({ adaptiveIntervals })}
        />
      )}
    </SettingRow>
    <NumberSetting
      name="Give up on a request after"
      help="For the whole answer, not only its beginning. A slow source can have its own limit."
      value={settings.timeoutSeconds}
      least={1}
      most={300}
      unit="seconds"
      error={errors.timeoutSeconds}
      onChange={(timeoutSeconds) => change({ timeoutSeconds })}
    />
    <NumberSetting
      name="Requests at once"
      help="Over all hosts; one host gets one at a time, whatever this says. Fewer is gentler on a slow line."
      value={settings.lanes}
      least={1}
      most={64}
      unit="lanes"
      error={errors.lanes}
      onChange={(lanes) => change({ lanes })}
    />
    <AddressSetting
      name="Hacker News API"
      help="Where stories are asked for, with its version. Change it only for a mirror of your own."
      value={settings.hackerNewsApi}
      error={errors.hackerNewsApi}
      onChange={(hackerNewsApi) => change({ hackerNewsApi })}
    />
  </>
);

const Kept = ({ settings, errors, change, status }: Part) => (
  <>
    <KeepingSettings settings={settings} errors={errors} change={change} />
    <StorageSection status={status} />
  </>
);

const About = ({ status }: Part) => (
  <dl className="storage">
    <div>
      <dt>Version</dt>
      <dd>{status?.version ?? ''}</dd>
    </div>
    <div>
      <dt>Runs as</dt>
      <dd>{status?.host === 'desktop' ? 'an application on this desktop' : 'a host without a desktop, shown in a browser'}</dd>
    </div>
    <div>
      <dt>Time zone</dt>
      <dd>{status?.timeZone ?? ''}</dd>
    </div>
    <div>
      <dt>Licence</dt>
      <dd>MIT. No account, no cloud, nothing is sent anywhere.</dd>
    </div>
  </dl>
);

/** The tray and the login are the desktop's; a host without one has no such section. */
const sectionsFor = (status: AppStatus | undefined) =>
  SECTIONS.filter((section) => section.id !== 'window' || status?.host === 'desktop');

const SECTIONS: { id: string; title: string; body: (part: Part) => ReactNode }[] = [
  { id: 'window', title: 'Window and tray', body: (part) => <WindowAndTray {...part} /> },
  { id: 'reading', title: 'Reading', body: (part) => <Reading {...part} /> },
  { id: 'fetching', title: 'Fetching', body: (part) => <Fetching {...part} /> },
  { id: 'storage', title: 'What is kept', body: (part) => <Kept {...part} /> },
  { id: 'undo', title: 'What can be undone', body: () => <UndoSection /> },
  { id: 'backups', title: 'Backups', body: () => <BackupsSection /> },
  { id: 'keyboard', title: 'Keyboard', body: () => <KeyTable /> },
  { id: 'about', title: 'About this copy', body: (part) => <About {...part} /> },
];

const noteOf = (error: ErrorData, patch: SettingsPatch): Errors =>
  Object.fromEntries(Object.keys(patch).map((field) => [field, error.message]));

/** Changes settings at once: shows the change, asks the core, and takes it back with a sentence where the core refuses. */
const useSettings = () => {
  const client = useClient();
  const query = useQuery('settings.get', {}, ['settings.changed']);
  const [ahead, setAhead] = useState<SettingsPatch>({});
  const [errors, setErrors] = useState<Errors>({});
  const asked = useRef(0);
  const change = useCallback<Change>(
    async (patch) => {
      asked.current += 1;
      setAhead((before) => ({ ...before, ...patch }));
      const answer = await client.request('settings.update', { patch });
      asked.current -= 1;
      const good = Object.fromEntries(Object.keys(patch).map((field) => [field, undefined]));
      setErrors((before) => ({ ...before, ...(answer.ok ? good : noteOf(answer.error, patch)) }));
      if (asked.current === 0) setAhead({});
      query.reload();
    },
    [client, query.reload],
  );
  return { ...query, settings: query.data ? { ...query.data, ...ahead } : undefined, errors, change };
};

/** Everything that can be set, each with what it does. */
export const SettingsScreen = ({ view }: { view: ViewState }) => {
  const { settings, error, reload, errors, change } = useSettings();
  const status = useQuery('app.status', {}, ['status.changed']).data;
  const sections = sectionsFor(status);
  const chosen = view.path[1] ?? sections[0]?.id;
  const toSection = (id: string) => document.getElementById(`settings-${id}`)?.scrollIntoView({ block: 'start' });
  return (
    <Screen title="Settings" sub="Changes take effect at once" actions={<ButtonLink href="#/help">Help</ButtonLink>}>
      <div className="settings">
        <nav className="settings-toc" aria-label="Settings">
          {sections.map((section) => (
            <a
              key={section.id}
              href={`#/settings/${section.id}`}
              aria-current={chosen === section.id ? 'true' : undefined}
              onClick={() => toSection(section.id)}
            >
              {section.title}
            </a>
          ))}
        </nav>
        <div className="settings-all">
          {error && <ErrorNote error={error} onRetry={reload} />}
          {!settings && !error && <LoadingBars label="Reading the settings" />}
          {settings &&
            sections.map((section) => (
              <section key={section.id} id={`settings-${section.id}`} aria-label={section.title}>
                <SectionHead>{section.title}</SectionHead>
                {section.body({ settings, errors, change, status })}
              </section>
            ))}
          {status && status.notices.length > 0 && (
            <p className="settings-notices dim">
              {count(status.notices.length, 'notice')}: {status.notices.at(-1)?.text}
            </p>
          )}
        </div>
      </div>
    </Screen>
  );
};
