import { useEffect, useState } from 'react';
import { useClient } from './client-context.tsx';

/** A number that is another one after each restore: what is remembered of the folder before is not to be shown. Used as a key. */
export const useBeginning = (): number => {
  const client = useClient();
  const [beginning, setBeginning] = useState(0);
  useEffect(() => client.on('app.restored', () => setBeginning((before) => before + 1)), [client]);
  return beginning;
};
