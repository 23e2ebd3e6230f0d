import { useEffect } from 'react';
import { useClient } from '../client/client-context.tsx';
import { go } from '../client/use-view.ts';
import { useToast } from '../ui/toast.tsx';
import { words } from '../words/words.ts';

const { rules: say } = words;

/** Says once a run what rules want told, with a way to the posts. */
export const useRuleNotices = (): void => {
  const client = useClient();
  const toast = useToast();
  useEffect(
    () =>
      client.on('rules.noticed', ({ ruleId, name, total }) =>
        toast({ text: say.noticed(name, total), undo: () => go(['posts', 'rule', ruleId]), actionLabel: say.show }),
      ),
    [client, toast],
  );
};
