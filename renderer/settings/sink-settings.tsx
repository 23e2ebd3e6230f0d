import { type ReactNode, useState } from 'react';
import type { MessagesState, MessageTelegram, MessageWebhook, Notifications } from '../../preload/contract/message.ts';
import { useAction } from '../client/use-action.ts';
import { useQuery } from '../client/use-query.ts';
import { CheckBox } from '../ui/choices.tsx';
import { Field, TextInput } from '../ui/field.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { useToast } from '../ui/toast.tsx';
import { words } from '../words/words.ts';
import { addressError } from './address-setting.tsx';
import { SettingForm } from './setting-form.tsx';

const { notifications: say } = words;
const TELEGRAM_API = 'https://api.telegram.org';
const CHAT = /^(?:-?\d{1,20}|@[A-Za-z]\w{3,63})$/;

type SinkState = MessagesState['sinks'][number] | undefined;
type Patch = Pick<Notifications, 'webhook'> | Pick<Notifications, 'telegram'>;
type Wrong = { field: string; message: string };

/** The address messages are posted to. */
export const WebhookSetting = ({ webhook, state }: { webhook: MessageWebhook | null; state: SinkState }) => {
  const [url, setUrl] = useState(webhook?.url ?? '');
  const [isLocal, setLocal] = useState(webhook?.allowLocalNetwork ?? false);
  const read = (): Patch | Wrong =>
    addressError(url)
      ? { field: 'url', message: say.addressWrong }
      : { webhook: { url: url.trim(), allowLocalNetwork: isLocal } };
  return (
    <Sink
      name={say.webhook}
      help={webhook ? say.webhookSet(new URL(webhook.url).host) : say.webhookNone}
      isSet={webhook !== null}
      state={state}
      read={read}
      off={{ webhook: null }}
      on={{ webhook }}
    >
      {(errorOf) => (
        <>
          <TextField label={say.address} help={say.addressHelp} error={errorOf('url')} type="url" value={url} onChange={setUrl} />
          <LocalTick isOn={isLocal} onChange={setLocal} />
        </>
      )}
    </Sink>
  );
};

/** The chat messages are written to. */
export const TelegramSetting = ({ telegram, state }: { telegram: MessageTelegram | null; state: SinkState }) => {
  const [chatId, setChat] = useState(telegram?.chatId ?? '');
  const [api, setApi] = useState(telegram?.api ?? TELEGRAM_API);
  const [isLocal, setLocal] = useState(telegram?.allowLocalNetwork ?? false);
  const read = (): Patch | Wrong => {
    if (!CHAT.test(chatId.trim())) return { field: 'chatId', message: say.chatWrong };
    if (addressError(api)) return { field: 'api', message: say.addressWrong };
    return { telegram: { chatId: chatId.trim(), api: api.trim(), allowLocalNetwork: isLocal } };
  };
  return (
    <Sink
      name={say.telegram}
      help={telegram ? say.telegramSet(telegram.chatId) : say.telegramNone}
      isSet={telegram !== null}
      state={state}
      read={read}
      off={{ telegram: null }}
      on={{ telegram }}
    >
      {(errorOf) => (
        <>
          <TextField label={say.chat} help={say.chatHelp} error={errorOf('chatId')} value={chatId} onChange={setChat} />
          <TextField label={say.api} help={say.apiHelp} error={errorOf('api')} type="url" value={api} onChange={setApi} />
          {api.trim() !== TELEGRAM_API && <LocalTick isOn={isLocal} onChange={setLocal} />}
        </>
      )}
    </Sink>
  );
};

/* What is changed is laid over the settings as they are at that moment. */
const useSave = () => {
  const settings = useQuery('settings.get', {}, ['settings.changed']).data;
  const update = useAction('settings.update');
  const save = async (patch: Patch): Promise<boolean> => {
    if (!settings) return false;
    return (await update.run({ patch: { notifications: { ...settings.notifications, ...patch } } })).ok;
  };
  return { save, update };
};

/** A place messages go to: what it is, how it is doing, and a form to change it. */
const Sink = ({
  name,
  help,
  isSet,
  state,
  read,
  off,
  on,
  children,
}: {
  name: string;
  help: string;
  isSet: boolean;
  state: SinkState;
  read: () => Patch | Wrong;
  off: Patch;
  on: Patch;
  children: (errorOf: (field: string) => string | undefined) => ReactNode;
}) => {
  const [isOpen, setIsOpen] = useState(false);
  const [wrong, setWrong] = useState<Wrong>();
  const { save, update } = useSave();
  const toast = useToast();
  const submit = async () => {
    const made = read();
    setWrong('field' in made ? made : undefined);
    if ('field' in made || !(await save(made))) return;
    setIsOpen(false);
    toast({ text: say.saved(name) });
  };
  const remove = async () => {
    if (await save(off)) toast({ text: say.removed(name), undo: () => void save(on) });
  };
  return (
    <SettingForm
      {...{ name, isSet, isOpen, onOpen: setIsOpen, isPending: update.isPending }}
      help={<SinkHelp help={help} state={isSet ? state : undefined} />}
      onSave={() => void submit()}
      onRemove={() => void remove()}
    >
      {children((field) => (wrong?.field === field ? wrong.message : undefined))}
      {update.error && <ErrorNote error={update.error} />}
    </SettingForm>
  );
};

const SinkHelp = ({ help, state }: { help: string; state: SinkState }) => {
  const last = state?.last;
  return (
    <>
      {help} {state && state.waiting > 0 && say.waiting(state.waiting)}{' '}
      {last && (
        <span>
          {say.lastOne(last.title, say.last[last.state])} <RelativeTime at={last.at} />. {last.errorMessage}
        </span>
      )}
    </>
  );
};

const TextField = ({
  label,
  help,
  error,
  type = 'text',
  value,
  onChange,
}: {
  label: string;
  help: string;
  error: string | undefined;
  type?: string;
  value: string;
  onChange: (value: string) => void;
}) => (
  <Field label={label} help={help} error={error}>
    {(ids) => (
      <TextInput
        {...ids}
        type={type}
        spellCheck={false}
        autoComplete="off"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    )}
  </Field>
);

const LocalTick = ({ isOn, onChange }: { isOn: boolean; onChange: (isOn: boolean) => void }) => (
  // biome-ignore lint/a11y/noLabelWithoutControl: CheckBox holds the input
  <label className="setting-check">
    <CheckBox isOn={isOn} onChange={onChange} />
    <span>
      {say.local}
      <span className="sub setting-check-help">{say.localHelp}</span>
    </span>
  </label>
);
