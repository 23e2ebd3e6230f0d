import { useSyncExternalStore } from 'react';
import { onRegion, type Region, regionNow } from '../words/locale.ts';

/** The region dates and numbers are written by. Who asks is drawn again when it changes; a memo component must ask itself. */
export const useRegion = (): Region => useSyncExternalStore(onRegion, regionNow);
