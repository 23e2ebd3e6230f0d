import type { ReactNode } from 'react';
import './states.css';

/** Nothing here: a sentence, a reason, one button that says what to do next. */
export const EmptyState = ({ title, reason, children }: { title: string; reason?: ReactNode; children?: ReactNode }) => (
  <div className="empty">
    <h2 className="empty-title">{title}</h2>
    {reason && <p className="empty-reason">{reason}</p>}
    {children && <div className="empty-actions">{children}</div>}
  </div>
);
