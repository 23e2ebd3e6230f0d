import './status.css';

/** How far: `done` of `total`. Without a total it stands empty. */
export const ProgressBar = ({ done, total, label }: { done: number; total: number; label: string }) => {
  const share = total > 0 ? Math.min(1, done / total) : 0;
  return (
    <span className="progress" role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={total} aria-valuenow={done}>
      <span className="progress-done" style={{ scale: `${share} 1` }} />
    </span>
  );
};
