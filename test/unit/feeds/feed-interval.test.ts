import { expect, test } from 'vitest';
import { parseFeed } from '../../../main/feeds/parse.ts';

const ttlOf = async (inside: string, xmlns = 'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"') => {
  const text = `<rss version="2.0" ${xmlns}><channel><title>T</title>${inside}<item><title>A</title></item></channel></rss>`;
  return (await parseFeed({ bytes: new TextEncoder().encode(text), url: 'https://a.example/' })).ttlMinutes;
};
const sy = (period: string, frequency = ''): string =>
  `<sy:updatePeriod> ${period} </sy:updatePeriod>${frequency && `<sy:updateFrequency>${frequency}</sy:updateFrequency>`}`;

test('how often a feed asks to be read is its ttl, else its period divided by how many times in it', async () => {
  expect(await ttlOf('<ttl>90</ttl>')).toBe(90);
  expect(await ttlOf(sy('hourly', '1'))).toBe(60);
  expect(await ttlOf(sy('Daily', '2'))).toBe(720);
  expect(await ttlOf(sy('weekly'))).toBe(10_080);
  expect(await ttlOf(`<ttl>30</ttl>${sy('daily')}`)).toBe(30);
  expect(await ttlOf(sy('hourly').replaceAll('sy:', 'x:'), 'xmlns:x="http://purl.org/rss/1.0/modules/syndication/"')).toBe(60);
});

test('what is no period or no number says nothing', async () => {
  for (const odd of ['', '<ttl>0</ttl>', '<ttl>-5</ttl>', '<ttl>1.5</ttl>', '<ttl>soon</ttl>', '<ttl>999999999</ttl>'])
    expect(await ttlOf(odd), odd).toBeUndefined();
  for (const odd of ['often', 'constructor', '__proto__', '']) expect(await ttlOf(sy(odd, '3')), odd).toBeUndefined();
  for (const odd of ['0', '-1', 'many', '1e99']) expect(await ttlOf(sy('hourly', odd)), odd).toBe(60);
  expect(await ttlOf(sy('hourly', '60000'))).toBe(1);
});
