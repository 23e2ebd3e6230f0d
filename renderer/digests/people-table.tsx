import Ellipsis from 'lucide-react/icons/ellipsis';
import type { Recipient } from '../../preload/contract/recipient.ts';
import { useClient } from '../client/client-context.tsx';
import { IconButton } from '../ui/button.tsx';
import { Menu, type MenuItem } from '../ui/menu.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { type GlyphName, Status } from '../ui/status-glyph.tsx';
import { type Column, Row, Table } from '../ui/table.tsx';
import { useToast } from '../ui/toast.tsx';
import { words } from '../words/words.ts';

const { people: say } = words.digests;
const COLUMNS: Column[] = [
  { head: say.address },
  { head: say.state, width: '220px' },
  { head: say.since, width: '110px', leavesNarrow: true },
  { head: say.actions, width: '40px', isHeadHidden: true },
];
const GLYPHS: Record<Recipient['state'], GlyphName> = { active: 'completed', suspended: 'waiting', unsubscribed: 'cancelled' };

/** Everybody on the list, also those who left, so that nobody brings them back by mistake. */
export const PeopleTable = ({ people, onChange }: { people: readonly Recipient[]; onChange: () => void }) => (
  <Table label={words.digests.people.crumb} columns={COLUMNS}>
    {people.map((person) => (
      <Row key={person.id} tone={person.state === 'active' ? undefined : 'off'}>
        <td className="row-name">{person.address}</td>
        <td>
          <Status status={GLYPHS[person.state]}>{say.states[person.state]}</Status>
          {(person.errorMessage || person.refusals > 0) && (
            <div className="sub">
              {[person.refusals > 0 ? say.refusals(person.refusals) : '', person.errorMessage].filter(Boolean).join('. ')}
            </div>
          )}
        </td>
        <td className="hide-narrow dim">
          <RelativeTime at={person.changedAt} />
        </td>
        <td>
          <PersonMenu person={person} onChange={onChange} />
        </td>
      </Row>
    ))}
  </Table>
);

const PersonMenu = ({ person, onChange }: { person: Recipient; onChange: () => void }) => {
  const client = useClient();
  const toast = useToast();
  const { id, address, state } = person;
  const become = async (next: Recipient['state'], undo?: () => void) => {
    const answer = await client.request('recipients.setState', { id, state: next });
    onChange();
    if (!answer.ok) return toast({ text: answer.error.message, isError: true });
    toast({ text: say.changed(address, say.states[next]), ...(undo ? { undo } : {}) });
  };
  const turn = (next: Recipient['state']) => () => void become(next, () => void become(state));
  const remove = async () => {
    const answer = await client.request('recipients.remove', { id });
    onChange();
    if (!answer.ok) return toast({ text: answer.error.message, isError: true });
    const putBack = async () => {
      await client.request('recipients.import', { scheduleId: person.scheduleId, text: address });
      onChange();
    };
    toast({ text: say.removed(address), ...(state === 'active' ? { undo: () => void putBack() } : {}) });
  };
  const items: MenuItem[] = [
    ...(state === 'active' ? [{ label: say.suspendItem, onChoose: turn('suspended') }] : []),
    ...(state === 'active' ? [] : [{ label: say.activateItem, onChoose: turn('active') }]),
    ...(state === 'unsubscribed' ? [] : [{ label: say.leaveItem, onChoose: turn('unsubscribed') }]),
    { kind: 'rule' },
    { label: say.removeItem, isDanger: true, onChoose: () => void remove() },
  ];
  return (
    <Menu
      label={say.more(address)}
      items={items}
      opener={(props) => <IconButton label={say.more(address)} icon={<Ellipsis aria-hidden="true" />} {...props} />}
    />
  );
};
