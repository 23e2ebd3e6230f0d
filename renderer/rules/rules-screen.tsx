import type { ViewState } from '../client/view-state.ts';
import { RuleList } from './rule-list.tsx';
import { RulePage } from './rule-page.tsx';
import './rules.css';

/** Every rule in words, and what it hides now; below `new` and an id, the builder. */
export const RulesScreen = ({ view }: { view: ViewState }) => {
  const id = view.path[1];
  if (!id) return <RuleList />;
  const from = view.params.from;
  return (
    <RulePage key={`${id} ${from ?? ''}`} id={id === 'new' ? undefined : id} from={from} mutes={view.params.do === 'mute'} />
  );
};
