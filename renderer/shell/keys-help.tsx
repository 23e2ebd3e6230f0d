import { Button, ButtonLink } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { KeyTable } from '../ui/key-table.tsx';
import { words } from '../words/words.ts';

const { keysHelp: say } = words;

/** Every key, in a dialog. */
export const KeysHelp = ({ onClose }: { onClose: () => void }) => (
  <Dialog
    title={say.title}
    isWide
    onClose={onClose}
    actions={
      <>
        <ButtonLink look="quiet" href="#/help" onClick={onClose}>
          {say.help}
        </ButtonLink>
        <Button data-safe onClick={onClose}>
          {say.close}
        </Button>
      </>
    }
  >
    <KeyTable />
  </Dialog>
);
