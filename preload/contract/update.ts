/** What is known of newer versions. Tidings only tells; it never loads or installs one. */
export type UpdateState = {
  /** This version. */
  current: string;
  /** Looked for once a day by itself. */
  isOn: boolean;
  checkedAt?: string;
  /** A version that is newer than this one. */
  newer?: { version: string; at?: string };
  /** Where it can be had. */
  page: string;
  /** Why the last look found nothing out, in a sentence. */
  problem?: string;
};
