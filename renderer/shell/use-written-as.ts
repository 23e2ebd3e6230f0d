import { useLayoutEffect } from 'react';
import { useRegion } from '../ui/use-region.ts';
import { regionOf, writeAs } from '../words/locale.ts';

/** Has dates and numbers written as the setting `region` says, at once and in everything below. */
export const useWrittenAs = (setting: string | undefined): void => {
  useLayoutEffect(() => {
    if (setting !== undefined) writeAs(regionOf(setting, navigator.language));
  }, [setting]);
  useRegion();
};
