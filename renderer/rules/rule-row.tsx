import ArrowDown from 'lucide-react/icons/arrow-down';
import ArrowUp from 'lucide-react/icons/arrow-up';
import Ellipsis from 'lucide-react/icons/ellipsis';
import ListChecks from 'lucide-react/icons/list-checks';
import Pencil from 'lucide-react/icons/pencil';
import Trash2 from 'lucide-react/icons/trash-2';
import type { Rule, RuleRow } from '../../preload/contract/rule.ts';
import { useClient } from '../client/client-context.tsx';
import { IconButton } from '../ui/button.tsx';
import { Switch } from '../ui/choices.tsx';
import { Menu, type MenuItem } from '../ui/menu.tsx';
import { Row } from '../ui/table.tsx';
import { useToast } from '../ui/toast.tsx';
import { words } from '../words/words.ts';
import { ruleWords, type SourceTitles } from './rule-words.ts';
import { useApply } from './use-apply.ts';

const { rules: say } = words;

/** What can be done to a rule from its row; what is refused is said. */
const useRuleActions = () => {
  const client = useClient();
  const toast = useToast();
  const tell = (answer: { ok: true } | { ok: false; error: { message: string } }): boolean => {
    if (!answer.ok) toast({ text: answer.error.message });
    return answer.ok;
  };
  return {
    turn: async (id: string, enabled: boolean) => void tell(await client.request('rules.update', { id, patch: { enabled } })),
    move: async (id: string, order: readonly string[], by: 1 | -1) => {
      const ids = order.filter((other) => other !== id);
      ids.splice(order.indexOf(id) + by, 0, id);
      tell(await client.request('rules.reorder', { ids }));
    },
    remove: async (id: string) => {
      const answer = await client.request('rules.remove', { id });
      if (!answer.ok) return void tell(answer);
      const { addedAt: _addedAt, ...rule } = answer.result.rule;
      const putBack = async () => void tell(await client.request('rules.add', rule));
      toast({ text: say.removed(rule.name, answer.result.released), undo: () => void putBack() });
    },
  };
};

const Hidden = ({ row: { rule, muted, isMuteOver } }: { row: RuleRow }) => {
  if (isMuteOver) return <span className="dim">{say.muteOver}</span>;
  if (muted === 0) return <span className="dim">{rule.actions.mute ? say.none : ''}</span>;
  return (
    <a className="link" href={`#/posts/muted/${rule.id}`} aria-label={say.showHidden(rule.name, muted)}>
      {say.hiddenPosts(muted)}
    </a>
  );
};

/** One rule: its switch, its words, what it hides, what can be done. */
export const RuleRowView = ({
  row,
  order,
  titles,
  now,
}: {
  row: RuleRow;
  order: readonly string[];
  titles: SourceTitles;
  now: number;
}) => {
  const { rule } = row;
  const actions = useRuleActions();
  return (
    <Row>
      <td>
        <Switch label={say.isOn(rule.name)} isOn={rule.enabled} onChange={(enabled) => void actions.turn(rule.id, enabled)} />
      </td>
      <td className="row-name">
        <b className={rule.enabled ? 'rule-name' : 'rule-name mid'}>{rule.name}</b>
        <div className="mid rule-words">{ruleWords(rule, titles, now)}</div>
      </td>
      <td>
        <Hidden row={row} />
      </td>
      <td>
        <span className="rule-actions">
          <a
            className="button button-icon button-quiet"
            href={`#/rules/${rule.id}`}
            aria-label={say.editOf(rule.name)}
            title={say.edit}
          >
            <Pencil aria-hidden="true" />
          </a>
          <RuleMenu rule={rule} order={order} actions={actions} />
        </span>
      </td>
    </Row>
  );
};

const RuleMenu = ({
  rule: { id, name },
  order,
  actions,
}: {
  rule: Rule;
  order: readonly string[];
  actions: ReturnType<typeof useRuleActions>;
}) => {
  const apply = useApply();
  const at = order.indexOf(id);
  const items: MenuItem[] = [
    { label: say.apply, icon: <ListChecks />, onChoose: () => void apply(id, name) },
    { label: say.up, icon: <ArrowUp />, disabled: at === 0, onChoose: () => void actions.move(id, order, -1) },
    { label: say.down, icon: <ArrowDown />, disabled: at === order.length - 1, onChoose: () => void actions.move(id, order, 1) },
    { kind: 'rule' },
    { label: say.remove, icon: <Trash2 />, isDanger: true, onChoose: () => void actions.remove(id) },
  ];
  return (
    <Menu
      label={say.more(name)}
      items={items}
      opener={(props) => <IconButton label={say.more(name)} icon={<Ellipsis />} {...props} />}
    />
  );
};
