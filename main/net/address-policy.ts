import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Where a request may go: anywhere public, the local network if the owner allowed it, and what is never opened. */
export type AddressClass = 'public' | 'local' | 'forbidden';
/** Classifies one literal IP address, as text without brackets. */
export type AddressPolicy = (address: string) => AddressClass;
/** All addresses of a name. Throws AppError DNS_FAIL or OFFLINE. */
export type Resolve = (hostName: string, signal: AbortSignal) => Promise<{ address: string; family: 4 | 6 }[]>;

/* Ranges an owner may have a feed in. Everything else that is not plain unicast has no feed to read. */
const LOCAL_RANGES = new Set(['loopback', 'private', 'linkLocal', 'carrierGradeNat', 'uniqueLocal']);

/* Where clouds hand out their machines' secrets; no owner has a feed there. */
const METADATA_ADDRESSES = new Set(
  [
    '169.254.169.254',
    '169.254.170.2',
    '169.254.170.23',
    '169.254.169.253',
    '100.100.100.200',
    '192.0.0.192',
    'fd00:ec2::254',
    'fd00:ec2::253',
    'fd00:ec2::23',
    'fd20:ce::254',
  ].map((address) => ipaddr.parse(address).toNormalizedString()),
);

const METADATA_NAMES = new Set([
  'metadata.google.internal',
  'metadata.goog',
  'metadata',
  'instance-data',
  'instance-data.ec2.internal',
]);

/** Names that lead to a cloud's metadata service, whatever they resolve to. */
export const isForbiddenName = (hostName: string): boolean => METADATA_NAMES.has(hostName.toLowerCase().replace(/\.$/, ''));

/* ipaddr.js calls everything unicast that it has no other name for; of IPv6 only 2000::/3 is given out, but for 3fff::/20. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');
const DOCUMENTATION = ipaddr.IPv6.parseCIDR('3fff::/20');
const isGivenOut = (address: ipaddr.IPv4 | ipaddr.IPv6): boolean =>
  address.kind() === 'ipv4' || (address.match(GLOBAL_UNICAST) && !address.match(DOCUMENTATION));

/**
 * The policy of the real world: only what ipaddr.js calls `unicast` is public. Private, loopback, link-local, unique local
 * and carrier-grade addresses are local; metadata services and every special or embedded range are forbidden,
 * and so is whatever is not an address.
 */
export const systemAddressPolicy: AddressPolicy = (address) => {
  if (isIP(address) === 0 || address.includes('%')) return 'forbidden';
  const parsed = ipaddr.parse(address);
  if (METADATA_ADDRESSES.has(parsed.toNormalizedString())) return 'forbidden';
  const range = parsed.range();
  if (range === 'unicast') return isGivenOut(parsed) ? 'public' : 'forbidden';
  return LOCAL_RANGES.has(range) ? 'local' : 'forbidden';
};
