import Ellipsis from 'lucide-react/icons/ellipsis';
import { useState } from 'react';
import type { DigestRow } from '../../preload/contract/digest.ts';
import { useAction } from '../client/use-action.ts';
import { go } from '../client/use-view.ts';
import { IconButton } from '../ui/button.tsx';
import { Menu, type MenuItem } from '../ui/menu.tsx';
import { useToast } from '../ui/toast.tsx';
import { useCommands } from '../ui/use-commands.ts';
import { words } from '../words/words.ts';
import { RemoveDigest } from './remove-digest.tsx';
import { SendNow } from './send-now.tsx';
import { useSendTest } from './use-send-test.tsx';

const { actions: say } = words.digests;

/** Pausing, resuming, switching on and off. */
const useTurning = ({ row, badge }: DigestRow) => {
  const { id, name, enabled } = row.schedule;
  const pause = useAction('schedules.pause');
  const resume = useAction('schedules.resume');
  const update = useAction('schedules.update');
  const toast = useToast();
  const tell = (answer: { ok: true } | { ok: false; error: { message: string } }, text: string, undo?: () => void) =>
    toast(answer.ok ? { text, ...(undo ? { undo } : {}) } : { text: answer.error.message, isError: true });
  const goOn = async (makeUp: boolean) => tell(await resume.run({ id, makeUp }), say.resumed(name));
  const stop = async () => tell(await pause.run({ id }), say.paused(name), () => void goOn(false));
  const turn = async (isOn: boolean) =>
    tell(await update.run({ id, patch: { enabled: isOn } }), isOn ? say.on(name) : say.off(name), () => void turn(!isOn));
  const isPaused = badge === 'paused';
  const pausing: MenuItem[] = isPaused
    ? [
        { label: say.resume, onChoose: () => void goOn(false) },
        { label: say.resumeMakeUp, onChoose: () => void goOn(true) },
      ]
    : [{ label: say.pause, onChoose: () => void stop() }];
  const items: MenuItem[] = [
    ...(enabled ? pausing : []),
    { label: enabled ? say.turnOff : say.turnOn, onChoose: () => void turn(!enabled) },
  ];
  return { items, isPaused, goOn, stop };
};

/** What else can be done with a digest. `isOpen`: its page is the screen, so its commands are offered by key and palette. */
export const DigestMenu = ({ digest, isOpen = false }: { digest: DigestRow; isOpen?: boolean }) => {
  const { schedule } = digest.row;
  const [open, setOpen] = useState<'now' | 'remove'>();
  const test = useSendTest(digest);
  const { items: turning, isPaused, goOn, stop } = useTurning(digest);
  useCommands(
    isOpen
      ? [
          { id: 'digest.sendNow', run: () => setOpen('now') },
          { id: 'digest.sendTest', run: test.ask },
          { id: 'digest.people', run: () => go(['digests', schedule.id, 'people']) },
          { id: 'digest.editions', run: () => go(['digests', schedule.id, 'editions']) },
          { id: 'digest.pause', run: () => void stop(), isOff: isPaused || !schedule.enabled },
          { id: 'digest.resume', run: () => void goOn(false), isOff: !isPaused },
          { id: 'digest.remove', run: () => setOpen('remove') },
        ]
      : [],
  );
  const here: MenuItem[] = isOpen ? [] : [{ label: say.edit, onChoose: () => go(['digests', schedule.id]) }];
  const items: MenuItem[] = [
    { label: say.sendNow, onChoose: () => setOpen('now') },
    { label: say.sendTest, onChoose: test.ask },
    { kind: 'rule' },
    ...here,
    { label: say.people, onChoose: () => go(['digests', schedule.id, 'people']) },
    { label: say.editions, onChoose: () => go(['digests', schedule.id, 'editions']) },
    { label: say.runs, onChoose: () => go(['history'], { schedule: schedule.id }) },
    { kind: 'rule' },
    ...turning,
    { kind: 'rule' },
    { label: say.remove, isDanger: true, onChoose: () => setOpen('remove') },
  ];
  return (
    <>
      <Menu
        label={say.more(schedule.name)}
        items={items}
        opener={(props) => (
          <IconButton label={say.more(schedule.name)} title={say.moreTip} icon={<Ellipsis aria-hidden="true" />} {...props} />
        )}
      />
      {open === 'now' && <SendNow digest={digest} onClose={() => setOpen(undefined)} />}
      {open === 'remove' && <RemoveDigest digest={digest} onClose={() => setOpen(undefined)} />}
      {test.dialog}
    </>
  );
};
