import type { DigestRow } from '../../preload/contract/digest.ts';
import type { Recipient } from '../../preload/contract/recipient.ts';
import { saveText } from '../client/save-text.ts';
import { useAction } from '../client/use-action.ts';
import { useQuery } from '../client/use-query.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { LoadingBars } from '../ui/loading-bars.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { Screen } from '../ui/screen.tsx';
import { useToast } from '../ui/toast.tsx';
import { words } from '../words/words.ts';
import { AddPeople } from './add-people.tsx';
import { DigestFrame, DigestGone } from './digest-page.tsx';
import { PeopleTable } from './people-table.tsx';

const { people: say } = words.digests;

/** Who gets a digest: added by pasting or from a file, suspended, taken back, removed. */
export const PeoplePage = ({ id }: { id: string }) => {
  const digest = useQuery('digests.get', { id }, ['schedules.changed', 'digests.changed']);
  const people = useQuery('recipients.list', { scheduleId: id }, ['digests.changed']);
  if (digest.error?.code === 'NOT_FOUND')
    return (
      <DigestFrame name={say.crumb}>
        <DigestGone />
      </DigestFrame>
    );
  if (!digest.data || !people.data) {
    const failed = digest.error ? digest : people;
    return (
      <DigestFrame name={say.crumb}>
        {failed.error ? <ErrorNote error={failed.error} onRetry={failed.reload} /> : <LoadingBars rows={5} label={say.loading} />}
      </DigestFrame>
    );
  }
  return <Loaded digest={digest.data} people={people.data} onChange={people.reload} />;
};

const countsOf = (people: readonly Recipient[]): string => {
  const of = (state: Recipient['state']) => people.filter((one) => one.state === state).length;
  return say.counts(of('active'), of('suspended'), of('unsubscribed'));
};

const Loaded = ({ digest, people, onChange }: { digest: DigestRow; people: readonly Recipient[]; onChange: () => void }) => {
  const { schedule } = digest.row;
  const write = useAction('recipients.export');
  const toast = useToast();
  const save = async () => {
    const answer = await write.run({ scheduleId: schedule.id });
    if (!answer.ok) return toast({ text: answer.error.message, isError: true });
    saveText(answer.result.fileName, answer.result.text, 'text/plain');
  };
  return (
    <Screen
      title={say.title(schedule.name)}
      crumb={{ label: schedule.name, href: `#/digests/${schedule.id}` }}
      sub={people.length > 0 && countsOf(people)}
      actions={
        people.length > 0 && (
          <Button onClick={() => void save()} isPending={write.isPending}>
            {say.export}
          </Button>
        )
      }
    >
      <div className="people">
        <div>
          {people.length === 0 ? (
            <EmptyState title={say.none} reason={say.noneWhy} />
          ) : (
            <PeopleTable people={people} onChange={onChange} />
          )}
        </div>
        <AddPeople scheduleId={schedule.id} onAdded={onChange} />
      </div>
    </Screen>
  );
};
