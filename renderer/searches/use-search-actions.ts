import type { SavedSearch } from '../../preload/contract/saved-search.ts';
import { useClient } from '../client/client-context.tsx';
import { useToast } from '../ui/toast.tsx';
import { words } from '../words/words.ts';

const { search: say } = words;

/** What can be done to a saved search from its row; what is refused is said. */
export const useSearchActions = () => {
  const client = useClient();
  const toast = useToast();
  return {
    move: async ({ id, name }: SavedSearch, order: readonly string[], by: 1 | -1): Promise<void> => {
      const ids = order.filter((other) => other !== id);
      const at = order.indexOf(id) + by;
      ids.splice(at, 0, id);
      const answer = await client.request('searches.order', { ids });
      toast({ text: answer.ok ? say.saved.moved(name, at + 1, order.length) : answer.error.message });
    },
    remove: async ({ id, name, search, place }: SavedSearch): Promise<void> => {
      const answer = await client.request('searches.remove', { id });
      if (!answer.ok) return toast({ text: answer.error.message, isError: true });
      const putBack = async () => {
        const back = await client.request('searches.save', { id, name, search, place });
        if (!back.ok) toast({ text: back.error.message, isError: true });
      };
      toast({ text: say.saved.removed(name), undo: () => void putBack() });
    },
  };
};
