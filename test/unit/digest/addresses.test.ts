import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressKey, personKey, readAddressLines, toAddress } from '../../../main/digest/addresses.ts';
import { importAddresses, withState } from '../../../main/digest/addresses-list.ts';
import { composeLetter, toLetter } from '../../../main/digest/mailer-message.ts';
import { AppError } from '../../../preload/contract/errors.ts';
import { hostileCase } from '../../helpers/hostile-case.ts';
import { ACCOUNT, edition, RENDERED, recipient } from '../../helpers/smtp-outbox.ts';

const errorOf = (text: string): AppError => {
  try {
    toAddress(text);
  } catch (error) {
    if (error instanceof AppError) return error;
  }
  throw new Error(`${JSON.stringify(text)} was taken`);
};

const HOSTILE = [
  'a@x.test\r\nBcc: evil@x.test',
  'a@x.test\nevil@x.test',
  'a@x.test\0',
  'a@x.test,b@x.test',
  'a@x.test;b@x.test',
  'a@x.test b@x.test',
  '"b@x.test x"@ok.test',
  '"quoted"@ok.test',
  'Group: a@x.test;',
  '<a@x.test> <b@x.test>',
  '<a@x.test>',
  'Ada <a@x.test>',
  'a@x.test (comment)',
  'a(comment)@x.test',
  'a@b@x.test',
  `${'a'.repeat(65)}@x.test`,
  `a@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(60)}.${'f'.repeat(60)}.test`,
  'a'.repeat(500),
  `a@${'x'.repeat(500)}.test`,
  '-oQ/tmp@x.test',
  '-a@x.test',
  'a@-x.test',
  'a@x-.test',
  'a@x..test',
  '.a@x.test',
  'a.@x.test',
  'a..b@x.test',
  'a@x',
  'a@127.0.0.1',
  'a@[127.0.0.1]',
  'a@x.test.',
  'a@',
  '@x.test',
  'a',
  '',
  ' ',
  'a@x.te\u2028st',
  'ä@x.test',
  'a\u202e@x.test',
  'a@x%2etest.test',
  'a@x\u3002test',
];

describe('an address', () => {
  hostileCase(178, 'an address that is more, or less, than one address is refused at save, with its field', () =>
    HOSTILE.map((text) => {
      const error = errorOf(text);
      expect(error.details.field, text).toBe('address');
      expect(error.message, text).toMatch(/^[A-Z].*\.$/);
      return error.code;
    }),
  );

  hostileCase(178, 'names in other scripts become what goes over the wire, and nothing hides in them', () => {
    expect(toAddress('ada@Bücher.example')).toBe('ada@xn--bcher-kva.example');
    expect(toAddress('ada@例え.テスト')).toBe('ada@xn--r8jz45g.xn--zckzah');
    expect(toAddress('Ada.L+news@EXAMPLE.org ')).toBe('Ada.L+news@example.org');
    return [errorOf('ada@Bücher .example').code, errorOf('ada@a\u200bb.example/x').code];
  });

  test('D-17: an address that cannot be one is a field error in words', () => {
    expect(errorOf('nobody')).toMatchObject({
      code: 'MAIL_INPUT',
      message: 'An address has an @.',
      details: { field: 'address' },
    });
  });

  test('is either refused or written in one way that is taken again as it is', () => {
    const letters = fc.constantFrom(...'ab.+-_@<>(),;:" \t\r\n\0[]\\éﾊ。x'.split(''));
    const anyText = fc.oneof(
      fc.string(),
      fc.array(letters, { maxLength: 20 }).map((some) => `${some.join('')}@x.test`),
    );
    fc.assert(
      fc.property(anyText, (text) => {
        let address: string;
        try {
          address = toAddress(text);
        } catch (error) {
          expect((error as AppError).code).toBe('MAIL_INPUT');
          return;
        }
        expect(address).toMatch(/^[\x21-\x7e]+@[a-z0-9.-]+$/);
        expect(address).not.toMatch(/[\s<>,;:"()[\]\\]|^-/);
        expect(toAddress(address)).toBe(address);
      }),
      { numRuns: 3000, seed: 20_261_122 },
    );
  });

  test('in a message the only receiver in the header is the one that was shown', async () => {
    const local = fc.array(fc.constantFrom(..."abZ09!#$%&'*+/=?^_`{|}~".split('')), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(local, async (letters) => {
        const to = toAddress(`${letters.join('')}@x.test`);
        const raw = (await composeLetter(toLetter(edition(), RENDERED, ACCOUNT, to))).toString();
        const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replaceAll(/\r\n[ \t]+/g, ' ');
        const lines = head.split('\r\n').filter((line) => /^(?:to|cc|bcc|resent-\w+):/i.test(line));
        expect(lines).toEqual([`To: ${to}`]);
      }),
      { numRuns: 60, seed: 20_261_122 },
    );
  });

  test('two spellings are one address, and tags are one person', () => {
    expect(addressKey('Ada@x.test')).toBe(addressKey('ada@x.test'));
    expect(personKey('Ada+news@x.test')).toBe('ada@x.test');
    expect(personKey('+tag@x.test')).toBe('+tag@x.test');
  });
});

describe('a list of addresses', () => {
  test('is read one a line; what is refused is told with its line and why', () => {
    const { addresses, refused } = readAddressLines('\uFEFFada@x.test\r\n\r\n# friends\nBob <bob@x.test>\n  eve@x.test  \n@\n');
    expect(addresses).toEqual(['ada@x.test', 'eve@x.test']);
    expect(refused.map(({ line, text }) => [line, text])).toEqual([
      [4, 'Bob <bob@x.test>'],
      [6, '@'],
    ]);
    expect(refused.every(({ message }) => message.endsWith('.'))).toBe(true);
  });

  test('adds an address once, and does not bring back who has left under any spelling', () => {
    const present = [recipient('gone@x.test', { state: 'unsubscribed' }), recipient('stays@x.test', { state: 'suspended' })];
    const text = 'new@x.test\nNEW@X.test\nGone+again@x.test\nstays@x.test\nnew+tag@x.test';
    const { added, report } = importAddresses('daily', present, text, '2026-11-21T12:00:00.000Z');
    expect(added.map(({ address }) => address)).toEqual(['new@x.test', 'new+tag@x.test']);
    expect(report).toEqual({ added: 2, known: 3, refused: [] });
  });

  test('of 10,000 lines is taken in at once', () => {
    const text = Array.from({ length: 10_000 }, (_, number) => `person${number}@x${number % 50}.test`).join('\n');
    const start = performance.now();
    const { added } = importAddresses('daily', [], text, '2026-11-21T12:00:00.000Z');
    expect(added).toHaveLength(10_000);
    expect(performance.now() - start).toBeLessThan(2000);
  });

  test('a recipient made active again begins without refusals', () => {
    const suspended = recipient('a@x.test', {
      state: 'suspended',
      refusals: 3,
      errorCode: 'MAIL_RCPT_REJECTED',
      errorMessage: 'No.',
    });
    const active = withState(suspended, 'active', '2026-11-22T12:00:00.000Z');
    expect(active).toMatchObject({ state: 'active', refusals: 0, changedAt: '2026-11-22T12:00:00.000Z' });
    expect(active).not.toHaveProperty('errorCode');
  });
});
