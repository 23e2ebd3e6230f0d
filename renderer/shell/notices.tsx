import type { AppStatus } from '../../preload/contract/status.ts';
import { AlertLines } from './alert-lines.tsx';
import { SleepReceiptCard } from './sleep-receipt.tsx';

/**
 * What stands above the screen until it is put away: the receipt after a sleep, and alerts. Nothing when there is none.
 * Who reads is left in peace: there the wire alone counts the alerts.
 */
export const Notices = ({ status, isReading }: { status: AppStatus | undefined; isReading: boolean }) => {
  const receipt = status?.receipt;
  const alerts = isReading ? [] : (status?.alerts ?? []);
  if (!receipt && alerts.length === 0) return null;
  return (
    <div className="notices">
      {receipt && <SleepReceiptCard receipt={receipt} />}
      {alerts.length > 0 && <AlertLines alerts={alerts} />}
    </div>
  );
};
