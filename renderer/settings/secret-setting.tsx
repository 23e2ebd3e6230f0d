import { type FormEvent, useState } from 'react';
import type { SecretName } from '../../preload/contract/secret.ts';
import { useAction } from '../client/use-action.ts';
import { useQuery } from '../client/use-query.ts';
import { Button } from '../ui/button.tsx';
import { useToast } from '../ui/toast.tsx';
import { words } from '../words/words.ts';
import { SettingRow } from './setting-row.tsx';

const { secret: say } = words.settings;

/**
 * Something that is kept as a secret: the window learns whether it is set and where it is kept, never what it is. It can be set,
 * replaced and removed; one that the owner gave by a file or a credential is only told of.
 */
export const SecretSetting = ({ secret, name, help }: { secret: SecretName; name: string; help: string }) => {
  const list = useQuery('secrets.list', {}, ['secrets.changed']);
  const set = useAction('secrets.set');
  const remove = useAction('secrets.remove');
  const toast = useToast();
  const [typed, setTyped] = useState<string>();
  const state = list.data?.find((one) => one.name === secret);
  const isSet = state?.isSet === true && !state.isLost;
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (!typed) return;
    const answer = await set.run({ name: secret, value: typed });
    if (!answer.ok) return;
    setTyped(undefined);
    list.reload();
    toast({ text: say.isKept(name) });
  };
  const forget = async () => {
    const answer = await remove.run({ name: secret });
    list.reload();
    if (answer.ok) toast({ text: say.isRemoved(name) });
  };
  const error = set.error?.message ?? remove.error?.message ?? list.error?.message ?? state?.problem;
  const told = state?.isLost ? say.lost : isSet ? say.kept[state.keptIn] : say.notSet;
  return (
    <SettingRow name={name} help={`${help} ${told}`} error={error}>
      {({ labelledBy, describedBy }) =>
        typed === undefined ? (
          <span className="secret">
            {state?.keptIn !== 'given' && (
              <Button aria-label={say.of(isSet ? say.replace : say.set, name)} onClick={() => setTyped('')}>
                {isSet ? say.replace : say.set}
              </Button>
            )}
            {state?.isSet && state.keptIn !== 'given' && (
              <Button aria-label={say.of(say.remove, name)} onClick={() => void forget()} isPending={remove.isPending}>
                {say.remove}
              </Button>
            )}
          </span>
        ) : (
          <form className="secret" onSubmit={save}>
            <input
              className="input"
              type="password"
              autoComplete="new-password"
              // biome-ignore lint/a11y/noAutofocus: it was just asked for
              autoFocus
              value={typed}
              aria-labelledby={labelledBy}
              aria-describedby={describedBy}
              onChange={(event) => setTyped(event.target.value)}
              onKeyDown={(event) => event.key === 'Escape' && setTyped(undefined)}
            />
            <Button type="submit" look="primary" isPending={set.isPending}>
              {say.keep}
            </Button>
            <Button onClick={() => setTyped(undefined)}>{say.cancel}</Button>
          </form>
        )
      }
    </SettingRow>
  );
};
