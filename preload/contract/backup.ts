/** One backup file in the folder of backups. */
export type Backup = {
  name: string;
  bytes: number;
  /** When it was made. */
  at: string;
};
