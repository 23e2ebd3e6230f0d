const USED = 'tidings.used';
const MOST = 12;

/** The ids of the entries chosen last, newest first; empty where nothing can be remembered. */
export const readUsed = (): string[] => {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(USED) ?? '[]');
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
};

/** Remembers that an entry was chosen. */
export const writeUsed = (id: string): void => {
  const next = [id, ...readUsed().filter((each) => each !== id)].slice(0, MOST);
  localStorage.setItem(USED, JSON.stringify(next));
};
