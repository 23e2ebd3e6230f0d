import type { AppStatus } from '../../preload/contract/status.ts';
import { AlertLines } from './alert-lines.tsx';
import { SleepReceiptCard } from './sleep-receipt.tsx';

/** What stands above the screen until it is put away: the receipt after a sleep, and alerts. Nothing when there is none. */
export const Notices = ({ status }: { status: AppStatus | undefined }) => {
  const { receipt, alerts = [] } = status ?? {};
  if (!receipt && alerts.length === 0) return null;
  return (
    <div className="notices">
      {receipt && <SleepReceiptCard receipt={receipt} />}
      {alerts.length > 0 && <AlertLines alerts={alerts} />}
    </div>
  );
};
