import { expect, test } from 'vitest';
import { type AddressClass, isForbiddenName, systemAddressPolicy } from '../../../main/net/address-policy.ts';

/* As a host in a URL: the way it is written by whoever wants to get in. */
const classOf = (host: string): AddressClass | 'no URL' => {
  const url = URL.parse(`http://${host}/feed`);
  return url ? systemAddressPolicy(url.hostname.replace(/^\[|\]$/g, '')) : 'no URL';
};

const octal = (parts: number[]): string => parts.map((part) => `0${part.toString(8)}`).join('.');
const hex = (parts: number[]): string => parts.map((part) => `0x${part.toString(16)}`).join('.');
const whole = (parts: number[]): number => parts.reduce((sum, part) => sum * 256 + part, 0);
const mapped = (parts: number[]): string => `[::ffff:${parts.join('.')}]`;
const embedded = (prefix: string, parts: number[]): string =>
  `[${prefix}${(((parts[0] ?? 0) << 8) | (parts[1] ?? 0)).toString(16)}:${(((parts[2] ?? 0) << 8) | (parts[3] ?? 0)).toString(16)}]`;

/** Every way of writing an IPv4 address that leads to that very address. */
const plainSpellings = (address: string): string[] => {
  const parts = address.split('.').map(Number);
  const [a = 0, b = 0, c = 0, d = 0] = parts;
  return [
    address,
    `${address}.`,
    octal(parts),
    hex(parts),
    hex(parts).toUpperCase().replaceAll('X', 'x'),
    String(whole(parts)),
    `0x${whole(parts).toString(16)}`,
    `0${whole(parts).toString(8)}`,
    `${a}.${(b << 16) | (c << 8) | d}`,
    `${a}.${b}.${(c << 8) | d}`,
    `0x${a.toString(16)}.${b}.0${c.toString(8)}.${d}`,
    address.replaceAll('.', '%2e'),
    address.replaceAll('.', '。'),
    address.replaceAll('.', '.'),
    address.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
  ];
};

/** Ways of hiding it inside an IPv6 address. */
const hiddenSpellings = (address: string): string[] => {
  const parts = address.split('.').map(Number);
  return [mapped(parts), embedded('::ffff:', parts), embedded('64:ff9b::', parts), embedded('2002:', parts).replace(']', '::]')];
};

const LOCAL = [
  '127.0.0.1',
  '127.255.255.254',
  '10.0.0.1',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.5',
  '100.64.0.1',
  '169.254.7.7',
];
const FORBIDDEN = [
  '0.0.0.0',
  '0.1.2.3',
  '169.254.169.254',
  '169.254.170.2',
  '100.100.100.200',
  '224.0.0.1',
  '239.255.255.250',
  '240.0.0.1',
  '255.255.255.255',
  '192.0.2.1',
  '198.51.100.1',
  '203.0.113.1',
  '198.18.0.1',
  '192.0.0.192',
];
const PUBLIC = [
  '93.184.216.34',
  '8.8.8.8',
  '1.1.1.1',
  '172.15.255.255',
  '172.32.0.1',
  '192.167.255.255',
  '11.0.0.1',
  '100.63.255.255',
  '100.128.0.1',
  '126.255.255.255',
];

test('no spelling of a local or forbidden address passes for a public one', () => {
  const all = [...LOCAL, ...FORBIDDEN].flatMap((address) => [...plainSpellings(address), ...hiddenSpellings(address)]);
  expect(all.length).toBeGreaterThan(200);
  for (const spelling of all) expect(classOf(spelling), spelling).not.toBe('public');
});

test('every plain spelling of an address has the class of the address', () => {
  for (const address of LOCAL) for (const spelling of plainSpellings(address)) expect(classOf(spelling), spelling).toBe('local');
  for (const address of FORBIDDEN)
    for (const spelling of plainSpellings(address)) expect(classOf(spelling), spelling).toBe('forbidden');
  for (const address of PUBLIC)
    for (const spelling of plainSpellings(address)) expect(classOf(spelling), spelling).toBe('public');
});

test('an IPv4 address inside an IPv6 one is never opened', () => {
  for (const address of [...LOCAL, ...FORBIDDEN, ...PUBLIC]) {
    for (const spelling of hiddenSpellings(address)) expect(classOf(spelling), spelling).toBe('forbidden');
  }
});

test('IPv6 addresses are public only in the space that is given out', () => {
  const table: Record<string, AddressClass> = {
    '2606:2800:220:1:248:1893:25c8:1946': 'public',
    '2a00:1450:4001:800::200e': 'public',
    '::1': 'local',
    '0:0:0:0:0:0:0:1': 'local',
    'fe80::1': 'local',
    'febf::1': 'local',
    'fc00::1': 'local',
    'fd12:3456:789a::1': 'local',
    '::': 'forbidden',
    'fd00:ec2::254': 'forbidden',
    'fd00:0ec2:0:0:0:0:0:0254': 'forbidden',
    'fd20:ce::254': 'forbidden',
    'ff02::1': 'forbidden',
    '64:ff9b::7f00:1': 'forbidden',
    '64:ff9b:1::7f00:1': 'forbidden',
    '2002:7f00:1::': 'forbidden',
    '2001:0:7f00:1::': 'forbidden',
    '2001:db8::1': 'forbidden',
    '100::1': 'forbidden',
    '::7f00:1': 'forbidden',
    '::127.0.0.1': 'forbidden',
    '::ffff:0:7f00:1': 'forbidden',
    '3fff::1': 'forbidden',
    '5f00::1': 'forbidden',
    'fec0::1': 'forbidden',
    '4000::1': 'forbidden',
  };
  for (const [address, expected] of Object.entries(table))
    expect([address, systemAddressPolicy(address)]).toEqual([address, expected]);
});

test('what is not an address is never opened', () => {
  for (const text of [
    '',
    'localhost',
    '127.1',
    '0x7f.1',
    '2130706433',
    '[::1]',
    'fe80::1%eth0',
    '127.0.0.1:80',
    ' 8.8.8.8',
    '8.8.8.8/8',
  ]) {
    expect(systemAddressPolicy(text), text).toBe('forbidden');
  }
});

test('the names of metadata services are known with and without the last dot, in any case', () => {
  for (const name of ['metadata.google.internal', 'METADATA.google.internal.', 'metadata', 'instance-data'])
    expect(isForbiddenName(name)).toBe(true);
  expect(isForbiddenName('metadata.example.org')).toBe(false);
});
