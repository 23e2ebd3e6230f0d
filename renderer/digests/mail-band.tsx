import { useQuery } from '../client/use-query.ts';
import { Note } from '../ui/note.tsx';
import { words } from '../words/words.ts';

const { mail: say } = words.digests;

/** What is missing before mail can leave, with the way to where it is set. Nothing while all is there. */
export const MailBand = ({ isWanted }: { isWanted: boolean }) => {
  const settings = useQuery('settings.get', isWanted ? {} : null, ['settings.changed']).data;
  const secrets = useQuery('secrets.list', isWanted ? {} : null, ['secrets.changed']).data;
  if (!isWanted || !settings) return null;
  const password = secrets?.find(({ name }) => name === 'smtp-password');
  const hasNoPassword = Boolean(settings.mail?.user) && password !== undefined && (!password.isSet || password.isLost);
  if (settings.mail && !hasNoPassword) return null;
  return (
    <Note tone="warn" title={settings.mail ? say.noPassword : say.missing}>
      {settings.mail ? say.noPasswordWhy : say.missingWhy}{' '}
      <a className="link" href="#/settings/mail">
        {say.setUp}
      </a>
    </Note>
  );
};
