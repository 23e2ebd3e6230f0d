import { describe, expect, test } from 'vitest';
import { decodeXml } from '../../../main/feeds/lift.ts';

describe('the entities of a long text', () => {
  test('are decoded wherever the text is cut into pieces', () => {
    for (const entity of ['&amp;', '&#65;', '&#1114109;', '&#x10ffff;']) {
      const whole = decodeXml(entity);
      for (let shift = 0; shift < 12; shift++) {
        const before = 'x'.repeat(65_536 - shift);
        expect(decodeXml(`${before}${entity}y`), `${entity} at ${shift} from the edge`).toBe(`${before}${whole}y`);
      }
    }
  });

  test('are decoded once, and what is none stays as text', () => {
    expect(decodeXml('&amp;lt; & &nbsp; &#0; &#55296; &unknown; a&b')).toBe('&lt; & &nbsp;   &unknown; a&b');
  });

  test('take many pieces without being lost', () => {
    expect(decodeXml('&#65;'.repeat(200_000))).toBe('A'.repeat(200_000));
  });
});
