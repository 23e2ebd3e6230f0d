import { describe, expect, test } from 'vitest';
import { createHackerNews, readList } from '../../../main/hacker-news/client.ts';
import type { Download, DownloadRequest } from '../../../main/net/download-types.ts';
import { AppError, toAppError } from '../../../preload/contract/errors.ts';
import { hostileCase } from '../../helpers/hostile-case.ts';

const answer = (body: string): Download => ({
  kind: 'body',
  bytes: new TextEncoder().encode(body),
  finalUrl: 'http://127.0.0.1/',
  redirects: [],
  status: 200,
  validators: {},
  wireBytes: body.length,
  ms: 1,
});

/** A client over canned answers by path; what it asked for is kept. */
const clientOver = (answers: Record<string, string | AppError>) => {
  const asked: DownloadRequest[] = [];
  const client = createHackerNews({
    baseUrl: () => 'http://127.0.0.1:8080/v0/',
    download: async (request) => {
      asked.push(request);
      const body = answers[new URL(request.url).pathname.replace('/v0/', '')];
      if (body === undefined) throw new AppError('HTTP_4XX', 'The server answered 404.', { status: 404 });
      if (body instanceof AppError) throw body;
      return answer(body);
    },
  });
  return { client, asked };
};

const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return 'OK';
  } catch (error) {
    return toAppError(error).code;
  }
};

describe('the Hacker News client', () => {
  test('asks each list at its own address, as the owner set it', async () => {
    const { client, asked } = clientOver({
      'topstories.json': '[3,1]',
      'beststories.json': '[1]',
      'newstories.json': '[1]',
      'askstories.json': '[1]',
      'showstories.json': '[1]',
      'jobstories.json': '[1]',
    });
    expect(await client.list('top')).toEqual([3, 1]);
    for (const list of ['best', 'new', 'ask', 'show', 'job'] as const) expect(await client.list(list)).toEqual([1]);
    expect(asked[0]).toMatchObject({
      url: 'http://127.0.0.1:8080/v0/topstories.json',
      purpose: 'hacker-news',
      allowLocalNetwork: true,
    });
    expect(client.host()).toBe('127.0.0.1:8080');
  });

  hostileCase(109, 'a list that is no list of numbers is refused; otherwise the first 500 different ones are taken', async () => {
    const codes: string[] = [];
    for (const body of ['null', '{}', '<html>login</html>', '["a","b"]', '']) {
      codes.push(await codeOf(clientOver({ 'topstories.json': body }).client.list('top')));
    }
    expect(codes).toEqual(['HN_LIST', 'HN_LIST', 'HN_LIST', 'HN_LIST', 'HN_LIST']);
    expect(readList([5, 3, 5, 'x', -1, 1e99, null, 3, 9])).toEqual([5, 3, 9]);
    const million = readList(Array.from({ length: 1_000_000 }, (_, index) => index + 1));
    expect(million).toHaveLength(500);
    expect(million[0]).toBe(1);
    return [...codes, 'OK'];
  });

  test('an empty list is an answer', async () => {
    expect(await clientOver({ 'topstories.json': '[]' }).client.list('top')).toEqual([]);
  });

  test('an item comes with its fields, and nothing as nothing', async () => {
    const { client } = clientOver({
      'item/7.json': '{"id":7,"type":"story","title":"T","score":3,"kids":[8],"new_field":true}',
      'item/8.json': 'null',
    });
    expect(await client.item(7)).toMatchObject({ kind: 'item', item: { id: 7, title: 'T', score: 3 } });
    expect(await client.item(8)).toEqual({ kind: 'absent' });
  });

  test('trouble with one item is thrown with its code', async () => {
    const { client } = clientOver({
      'item/1.json': 'not json',
      'item/2.json': new AppError('HTTP_5XX', 'The server answered 500.', { status: 500 }),
    });
    expect(await codeOf(client.item(1))).toBe('DOC_MALFORMED');
    expect(await codeOf(client.item(2))).toBe('HTTP_5XX');
    expect(await codeOf(client.item(3))).toBe('HTTP_4XX');
  });

  hostileCase(108, 'wrong types make an item malformed, that item only', async () => {
    const bad = [
      '{"id":"12","type":"story","title":"T"}',
      '{"id":-1,"type":"story","title":"T"}',
      '{"id":1e99,"type":"story","title":"T"}',
      '{"id":12,"type":"story","title":["T"]}',
      '{"id":12,"type":"story","title":"T","time":"yesterday"}',
      '{"id":12,"type":"story","title":"T","kids":{}}',
      '{"id":12,"type":"story","title":"T","score":"many"}',
      '[]',
      '"text"',
    ];
    for (const body of bad)
      expect(await clientOver({ 'item/12.json': body }).client.item(12)).toMatchObject({ kind: 'malformed' });
    expect(await codeOf(clientOver({ 'item/12.json': '{"id":NaN}' }).client.item(12))).toBe('DOC_MALFORMED');
    expect(await clientOver({ 'item/12.json': '{"id":12}' }).client.item(12)).toMatchObject({ kind: 'item' });
    return 'W_ITEM_DROPPED';
  });

  hostileCase(115, 'an item that calls itself by another number is dropped', async () => {
    const got = await clientOver({ 'item/12.json': '{"id":13,"type":"story","title":"T"}' }).client.item(12);
    expect(got).toEqual({ kind: 'malformed', reason: 'it calls itself 13' });
    return 'W_ITEM_DROPPED';
  });
});
