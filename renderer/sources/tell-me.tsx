import type { Source } from '../../preload/contract/source.ts';
import { useAction } from '../client/use-action.ts';
import { useQuery } from '../client/use-query.ts';
import { Switch } from '../ui/choices.tsx';
import { words } from '../words/words.ts';

const { notifications: say } = words;

/** Whether new posts of a source are told; where those of all are, there is nothing to switch. */
export const TellMe = ({ source }: { source: Source }) => {
  const settings = useQuery('settings.get', {}, ['settings.changed']).data;
  const update = useAction('sources.update');
  if (settings?.notifications.posts === 'all') return <>{say.toldAsAll}</>;
  return (
    <Switch
      label={say.tellMe}
      isOn={source.notify === true}
      disabled={update.isPending}
      onChange={(notify) => void update.run({ id: source.id, patch: { notify } })}
    />
  );
};
