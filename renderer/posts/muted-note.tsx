import VolumeX from 'lucide-react/icons/volume-x';
import { useQuery } from '../client/use-query.ts';
import { words } from '../words/words.ts';

const { post: say } = words.rules;

/** Which rules hide a post now; nothing where none does any more. */
export const MutedNote = ({ mutedBy }: { mutedBy: readonly string[] }) => {
  const rows = useQuery('rules.list', {}, ['rules.changed']).data ?? [];
  const hiding = rows.filter(
    ({ rule, isMuteOver }) => mutedBy.includes(rule.id) && rule.enabled && rule.actions.mute && !isMuteOver,
  );
  const [first] = hiding;
  if (!first) return null;
  return (
    <span className="muted-note">
      <VolumeX aria-hidden="true" />
      {say.hiddenBy(hiding.map(({ rule }) => `“${rule.name}”`).join(', '))}{' '}
      <a className="link" href={`#/rules/${first.rule.id}`}>
        {say.editRule}
      </a>
    </span>
  );
};
