import { useState } from 'react';
import type { Backup } from '../../preload/contract/backup.ts';
import { bringBackup } from '../client/bring-backup.ts';
import { useClient } from '../client/client-context.tsx';
import { FileButton } from '../ui/file-button.tsx';
import { words } from '../words/words.ts';
import { SettingRow } from './setting-row.tsx';

const { restore: say } = words.settings;

/** Takes a backup in from a file, and then offers to restore it. */
export const BringBackupRow = ({ onBrought }: { onBrought: (backup: Backup) => void }) => {
  const client = useClient();
  const [part, setPart] = useState<number | undefined>(undefined);
  const [trouble, setTrouble] = useState<string | undefined>(undefined);
  const bring = async (file: File) => {
    setTrouble(undefined);
    setPart(0);
    const answer = await bringBackup(client, file, setPart);
    setPart(undefined);
    if (answer.ok) onBrought(answer.result);
    else setTrouble(answer.error.message);
  };
  return (
    <SettingRow name={say.fromFile} help={say.fromFileHelp} error={trouble}>
      {() => (
        <FileButton accept=".gz,application/gzip" isPending={part !== undefined} onFile={(file) => void bring(file)}>
          {part === undefined ? say.choose : say.bringing(part)}
        </FileButton>
      )}
    </SettingRow>
  );
};
