import { useAction } from '../client/use-action.ts';
import { useQuery } from '../client/use-query.ts';
import { Button } from '../ui/button.tsx';
import { past } from '../ui/format.ts';
import { useNow } from '../ui/use-now.ts';
import { words } from '../words/words.ts';
import { SettingRow } from './setting-row.tsx';

const { update: say } = words.settings;

/** What is known of newer versions, and a look by hand. Nothing is ever loaded from here. */
export const UpdateRow = () => {
  const now = useNow();
  const query = useQuery('updates.get', {}, ['status.changed', 'settings.changed']);
  const check = useAction('updates.check');
  const look = async () => {
    await check.run({});
    query.reload();
  };
  const { data } = query;
  if (!data) return null;
  const { current, newer, checkedAt, page, problem } = data;
  const when = checkedAt ? say.looked(past(checkedAt, now)) : say.never;
  return (
    <SettingRow
      name={newer ? say.newer(newer.version, current) : say.current(current)}
      help={
        <span role="status">
          {newer && (
            <>
              <a className="link" href={page} target="_blank" rel="noopener noreferrer">
                {say.where}
              </a>{' '}
            </>
          )}
          {problem ? `${say.problem(problem)} ${when}` : when}
        </span>
      }
      error={check.error?.message}
    >
      {() => (
        <Button onClick={() => void look()} isPending={check.isPending}>
          {check.isPending ? say.looking : say.lookNow}
        </Button>
      )}
    </SettingRow>
  );
};
