import { type AddressPolicy, type Resolve, systemAddressPolicy } from '../../main/net/address-policy.ts';
import { AppError } from '../../preload/contract/errors.ts';

/**
 * A small internet inside the loopback range: 127.0.0.2 is the local network, 127.0.0.254 the metadata service, every other loopback
 * address is public. Nothing outside the loopback is ever opened.
 */
export const testPolicy: AddressPolicy = (address) => {
  if (address === '127.0.0.2') return 'local';
  if (address === '127.0.0.254') return 'forbidden';
  if (address === '::1' || /^127\.\d+\.\d+\.\d+$/.test(address)) return 'public';
  const real = systemAddressPolicy(address);
  return real === 'public' ? 'forbidden' : real;
};

/** The policy of the real world, but for the addresses a test server stands on. */
export const realPolicyBut =
  (...publicAddresses: string[]): AddressPolicy =>
  (address) => {
    if (publicAddresses.includes(address)) return 'public';
    const real = systemAddressPolicy(address);
    return real === 'public' ? 'forbidden' : real;
  };

type Address = Awaited<ReturnType<Resolve>>[number];
const v4 = (address: string): Address => ({ address, family: 4 });
const v6 = (address: string): Address => ({ address, family: 6 });

const NAMES: Readonly<Record<string, Address[]>> = {
  'pub.test': [v4('127.0.0.1')],
  'other.test': [v4('127.0.0.1')],
  'priv.test': [v4('127.0.0.2')],
  'meta.test': [v4('127.0.0.254')],
  'both.test': [v4('127.0.0.2'), v4('127.0.0.1')],
  'six.test': [v6('::1')],
  'empty.test': [],
};

const unknown = (): AppError => new AppError('DNS_FAIL', 'There is no server of this name.');

/** How many times each name was asked for, and the resolver that counts. */
export type TestResolve = { resolve: Resolve; asked: Map<string, number> };

/**
 * Names of the test internet. `h7.test` is 127.0.1.7; `rebind.test` is public at first and local ever after; `hang.test` never answers;
 * `more` adds names.
 */
export const createTestResolve = (more: Readonly<Record<string, Address[]>> = {}): TestResolve => {
  const asked = new Map<string, number>();
  const resolve: Resolve = async (name) => {
    const times = (asked.get(name) ?? 0) + 1;
    asked.set(name, times);
    if (name === 'hang.test') return await new Promise<Address[]>(() => {});
    if (name === 'rebind.test') return [v4(times === 1 ? '127.0.0.1' : '127.0.0.2')];
    const numbered = /^h(\d{1,3})\.test$/.exec(name)?.[1];
    const found = more[name] ?? NAMES[name] ?? (numbered ? [v4(`127.0.1.${numbered}`)] : undefined);
    if (!found) throw unknown();
    return found;
  };
  return { resolve, asked };
};

/** A resolver of the test internet for those who do not count. */
export const testResolve: Resolve = createTestResolve().resolve;
