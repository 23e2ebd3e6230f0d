import { isIP } from 'node:net';
import { isForbiddenName, systemAddressPolicy } from './address-policy.ts';
import { toSafeLink } from './url.ts';

const LOCAL_NAME = /^(?:localhost|.*\.localhost|.*\.local|.*\.internal)$/;

/** A safe link that also does not lead to an address or name of a local network; for texts of strangers (hostile case 114). */
export const toPublicLink = (raw: unknown): string | undefined => {
  const link = toSafeLink(raw);
  if (link === undefined) return undefined;
  const host = new URL(link).hostname.replace(/^\[|\]$/g, '').replace(/\.+$/, '');
  if (isIP(host) !== 0) return systemAddressPolicy(host) === 'public' ? link : undefined;
  return isForbiddenName(host) || LOCAL_NAME.test(host) ? undefined : link;
};
