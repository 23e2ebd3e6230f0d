import { useState } from 'react';
import type { MailAccount } from '../../preload/contract/mail.ts';
import { useAction } from '../client/use-action.ts';
import { Segments } from '../ui/choices.tsx';
import { Field, TextInput } from '../ui/field.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { useToast } from '../ui/toast.tsx';
import { words } from '../words/words.ts';
import type { Part } from './item.ts';
import { type AccountDraft, type AccountField, accountDraft, readAccount, USUAL_PORT } from './mail-account.ts';
import { MailCheckRow } from './mail-check.tsx';
import { SecretSetting } from './secret-setting.tsx';
import { SettingForm } from './setting-form.tsx';

const { mail: say } = words.settings;
const WAYS = [
  { value: 'starttls', label: say.starttls },
  { value: 'tls', label: say.tls },
] as const;

/** How digests leave: the server, the sender, the password, and whether it all works. */
export const MailSection = ({ settings }: Part) => (
  <>
    <Account key={JSON.stringify(settings.mail)} account={settings.mail} />
    <SecretSetting secret="smtp-password" name={say.password} help={say.passwordHelp} />
    <SecretSetting secret="digest-webhook-token" name={say.webhookToken} help={say.webhookTokenHelp} />
    <MailCheckRow />
  </>
);

type Wrong = { field: AccountField; message: string } | undefined;

const Account = ({ account }: { account: MailAccount | null }) => {
  const [draft, setDraft] = useState(() => accountDraft(account));
  const [isOpen, setIsOpen] = useState(false);
  const [wrong, setWrong] = useState<Wrong>();
  const update = useAction('settings.update');
  const toast = useToast();
  const set = (part: Partial<AccountDraft>) => {
    setWrong(undefined);
    setDraft((before) => ({ ...before, ...part }));
  };
  const save = async () => {
    const read = readAccount(draft);
    if ('field' in read) return setWrong(read);
    const answer = await update.run({ patch: { mail: read.account } });
    if (answer.ok) {
      setIsOpen(false);
      return toast({ text: say.saved });
    }
    const field = answer.error.field?.split('.').at(-1);
    if (field && field in draft) setWrong({ field: field as AccountField, message: answer.error.message });
  };
  const remove = async () => {
    const answer = await update.run({ patch: { mail: null } });
    if (!answer.ok) return;
    const putBack = () => void update.run({ patch: { mail: account } });
    toast({ text: say.removed, undo: putBack });
  };
  return (
    <SettingForm
      {...{ isOpen, onOpen: setIsOpen, isPending: update.isPending, isSet: account !== null }}
      name={say.server}
      help={account ? say.summary(account.host, account.port, account.from) : say.none}
      onSave={() => void save()}
      onRemove={() => void remove()}
    >
      <AccountFields draft={draft} wrong={wrong} onChange={set} />
      {update.error && !wrong && <ErrorNote error={update.error} />}
    </SettingForm>
  );
};

const AccountFields = ({
  draft,
  wrong,
  onChange,
}: {
  draft: AccountDraft;
  wrong: Wrong;
  onChange: (part: Partial<AccountDraft>) => void;
}) => {
  const text = (field: Exclude<AccountField, 'security'>, label: string, help?: string, type = 'text') => (
    <Field label={label} help={help} error={wrong?.field === field ? wrong.message : undefined}>
      {(ids) => (
        <TextInput
          {...ids}
          type={type}
          spellCheck={false}
          autoComplete="off"
          inputMode={field === 'port' ? 'numeric' : undefined}
          value={draft[field]}
          onChange={(event) => onChange({ [field]: event.target.value })}
        />
      )}
    </Field>
  );
  const choose = (security: AccountDraft['security']) =>
    onChange({ security, ...(draft.port === USUAL_PORT[draft.security] ? { port: USUAL_PORT[security] } : {}) });
  return (
    <>
      {text('host', say.host, say.hostHelp)}
      <div className="field">
        <span className="field-label">{say.security}</span>
        <Segments label={say.security} value={draft.security} options={WAYS} onChange={choose} />
        <div className="field-help">{say.securityHelp}</div>
      </div>
      {text('port', say.port)}
      {text('user', say.user, say.userHelp)}
      {text('from', say.from, say.fromHelp, 'email')}
      {text('fromName', say.fromName)}
      {text('unsubscribe', say.unsubscribe, say.unsubscribeHelp, 'email')}
    </>
  );
};
