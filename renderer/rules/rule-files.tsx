import { useRef } from 'react';
import { useClient } from '../client/client-context.tsx';
import { saveText } from '../client/save-text.ts';
import { Button } from '../ui/button.tsx';
import { useToast } from '../ui/toast.tsx';
import { words } from '../words/words.ts';

const { rules: say } = words;

/** Rules out as a file, and in from one. */
export const RuleFiles = ({ hasRules }: { hasRules: boolean }) => {
  const client = useClient();
  const toast = useToast();
  const input = useRef<HTMLInputElement>(null);
  const save = async () => {
    const answer = await client.request('rules.export', {});
    if (!answer.ok) return toast({ text: answer.error.message });
    saveText(answer.result.fileName, answer.result.text, 'application/json');
  };
  const open = async (file: File | undefined) => {
    if (!file) return;
    const answer = await client.request('rules.import', { text: await file.text() });
    if (!answer.ok) return toast({ text: answer.error.message });
    const { added, known, refused } = answer.result;
    toast({ text: say.imported(added, known, refused) });
  };
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        hidden
        aria-hidden="true"
        tabIndex={-1}
        onChange={(event) => {
          void open(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
      <Button look="quiet" onClick={() => input.current?.click()}>
        {say.importFile}
      </Button>
      {hasRules && (
        <Button look="quiet" onClick={() => void save()}>
          {say.exportFile}
        </Button>
      )}
    </>
  );
};
