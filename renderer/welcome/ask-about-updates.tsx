import { useAction } from '../client/use-action.ts';
import { useQuery } from '../client/use-query.ts';
import { CheckBox } from '../ui/choices.tsx';
import { words } from '../words/words.ts';

const { updates: say } = words.welcome;

/** Asks once whether newer versions may be looked for. Off until it is ticked. */
export const AskAboutUpdates = () => {
  const settings = useQuery('settings.get', {}, ['settings.changed']).data;
  const update = useAction('settings.update');
  if (!settings) return null;
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the tick box is inside
    <label className="welcome-ask">
      <CheckBox isOn={settings.updateCheck} onChange={(updateCheck) => void update.run({ patch: { updateCheck } })} />
      <span>
        {say.ask} <span className="dim">{say.askHelp}</span>
      </span>
    </label>
  );
};
