import { describe, expect, it } from 'vitest';
import { groupRows } from '../../../renderer/posts/group-rows.ts';
import { chooseAnchor } from '../../../renderer/posts/use-anchor.ts';
import { inventData } from '../../helpers/invented-data.ts';

const lines = groupRows(inventData(Date.parse('2026-10-14T08:48:00.000Z'), 60).posts, 'none', false);
const startOf = (place: number) => place * 50;

describe('what must not move when posts come in above', () => {
  it('nothing, at the very top with no post open', () => {
    expect(chooseAnchor(lines, startOf, undefined, { top: 0, height: 600, first: 0, last: 12 })).toBeUndefined();
  });
  it('the open post while it is in sight, even at the top', () => {
    expect(chooseAnchor(lines, startOf, 'p3', { top: 0, height: 600, first: 0, last: 12 })).toEqual({ key: 'p3', offset: -150 });
  });
  it('the first post in sight, when the open one is out of it', () => {
    expect(chooseAnchor(lines, startOf, 'p3', { top: 1010, height: 600, first: 20, last: 32 })).toEqual({
      key: 'p21',
      offset: -40,
    });
  });
});
