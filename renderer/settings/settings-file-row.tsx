import { saveText } from '../client/save-text.ts';
import { useAction } from '../client/use-action.ts';
import { Button } from '../ui/button.tsx';
import { FileButton } from '../ui/file-button.tsx';
import { useToast } from '../ui/toast.tsx';
import { words } from '../words/words.ts';
import { SettingRow } from './setting-row.tsx';

const { settingsFile: say } = words.settings;

/** Settings into a file, and from one. */
export const SettingsFileRow = () => {
  const save = useAction('settings.export');
  const load = useAction('settings.import');
  const toast = useToast();
  const write = async () => {
    const answer = await save.run({});
    if (answer.ok) saveText(answer.result.fileName, answer.result.text, 'application/json');
  };
  const read = async (file: File) => {
    const answer = await load.run({ text: await file.text() });
    if (answer.ok) toast({ text: say.taken(answer.result.changed.length, answer.result.leftOut) });
  };
  return (
    <SettingRow name={say.name} help={say.help} error={load.error?.message ?? save.error?.message}>
      {() => (
        <span className="setting-buttons">
          <Button onClick={() => void write()}>{say.save}</Button>
          <FileButton accept=".json,application/json" isPending={load.isPending} onFile={(file) => void read(file)}>
            {say.load}
          </FileButton>
        </span>
      )}
    </SettingRow>
  );
};
