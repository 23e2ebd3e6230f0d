import type { Notifications } from '../../preload/contract/message.ts';
import { useQuery } from '../client/use-query.ts';
import { Segments, Switch } from '../ui/choices.tsx';
import { words } from '../words/words.ts';
import type { Part } from './item.ts';
import { QuietSetting } from './quiet-setting.tsx';
import { SecretSetting } from './secret-setting.tsx';
import { SettingRow } from './setting-row.tsx';
import { TelegramSetting, WebhookSetting } from './sink-settings.tsx';
import { TestMessage } from './test-message.tsx';

const { notifications: say } = words;
const POSTS = [
  { value: 'off', label: say.postsOff },
  { value: 'chosen', label: say.postsChosen },
  { value: 'all', label: say.postsAll },
] as const;

/** What is told, when, and where. */
export const NotificationsSection = ({ settings, errors, change, status }: Part) => {
  const now = settings.notifications;
  const state = useQuery('messages.state', {}, ['messages.changed', 'settings.changed']).data;
  const set = (patch: Partial<Notifications>) => change({ notifications: { ...now, ...patch } });
  const stateOf = (sink: 'webhook' | 'telegram') => state?.sinks.find((one) => one.sink === sink);
  return (
    <>
      <PostsRow posts={now.posts} error={errors.notifications} onChange={(posts) => set({ posts })} />
      <OnOff name={say.rules} help={say.rulesHelp} isOn={now.rules} onChange={(rules) => set({ rules })} />
      <OnOff name={say.problems} help={say.problemsHelp} isOn={now.problems} onChange={(problems) => set({ problems })} />
      <OnOff name={say.digests} help={say.digestsHelp} isOn={now.digests} onChange={(digests) => set({ digests })} />
      <QuietSetting quiet={now.quiet} state={state} onChange={(quiet) => set({ quiet })} />
      {status?.host === 'desktop' && (
        <>
          <OnOff name={say.desktop} help={say.desktopHelp} isOn={now.desktop} onChange={(desktop) => set({ desktop })} />
          <TestMessage place="desktop" name={say.desktop} />
        </>
      )}
      <WebhookSetting key={`w${JSON.stringify(now.webhook)}`} webhook={now.webhook} state={stateOf('webhook')} />
      {now.webhook && (
        <>
          <SecretSetting secret="notify-webhook-token" name={say.webhookToken} help={say.webhookTokenHelp} />
          <TestMessage place="webhook" name={say.webhook} />
        </>
      )}
      <TelegramSetting key={`t${JSON.stringify(now.telegram)}`} telegram={now.telegram} state={stateOf('telegram')} />
      {now.telegram && (
        <>
          <SecretSetting secret="telegram-token" name={say.telegramToken} help={say.telegramTokenHelp} />
          <TestMessage place="telegram" name={say.telegram} />
        </>
      )}
    </>
  );
};

const PostsRow = ({
  posts,
  error,
  onChange,
}: {
  posts: Notifications['posts'];
  error: string | undefined;
  onChange: (posts: Notifications['posts']) => void;
}) => {
  const sources = useQuery('sources.list', posts === 'chosen' ? {} : null, ['sources.changed']).data;
  const chosen = sources?.filter(({ source }) => source.notify === true).length;
  const help = chosen === undefined ? say.postsHelp : say.postsHelpChosen(chosen);
  return (
    <SettingRow name={say.posts} help={help} error={error}>
      {() => <Segments label={say.posts} value={posts} options={POSTS} onChange={onChange} />}
    </SettingRow>
  );
};

const OnOff = ({
  name,
  help,
  isOn,
  onChange,
}: {
  name: string;
  help: string;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
}) => (
  <SettingRow name={name} help={help}>
    {({ describedBy }) => <Switch label={name} describedBy={describedBy} isOn={isOn} onChange={onChange} />}
  </SettingRow>
);
