import { Button, ButtonLink } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { KeyTable } from '../ui/key-table.tsx';

/** Every key, in a dialog. */
export const KeysHelp = ({ onClose }: { onClose: () => void }) => (
  <Dialog
    title="Keys"
    isWide
    onClose={onClose}
    actions={
      <>
        <ButtonLink look="quiet" href="#/help" onClick={onClose}>
          Help
        </ButtonLink>
        <Button data-safe onClick={onClose}>
          Close
        </Button>
      </>
    }
  >
    <KeyTable />
  </Dialog>
);
