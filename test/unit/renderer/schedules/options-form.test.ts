import { expect, test } from 'vitest';
import { z } from 'zod';
import { toFields, toOptions, toValues } from '../../../../renderer/schedules/options-form.ts';

const schema = z.strictObject({
  list: z.enum(['top', 'best']).default('top'),
  minScore: z.int().min(0).max(100_000).default(50).describe('Stories below are not kept.'),
  sourceIds: z.array(z.string()).optional(),
  deep: z.boolean().default(false),
  note: z.string().optional(),
  ratio: z.number().min(0.5),
  window: z.strictObject({ from: z.string() }).optional(),
});
const fields = toFields(z.toJSONSchema(schema, { io: 'input' }));

test('every kind of option becomes a field with its limits, its help and its default', () => {
  expect(fields.map((field) => [field.name, field.kind, field.optional])).toEqual([
    ['list', 'choice', true],
    ['minScore', 'integer', true],
    ['sourceIds', 'list', true],
    ['deep', 'boolean', true],
    ['note', 'text', true],
    ['ratio', 'number', false],
    ['window', 'json', true],
  ]);
  expect(fields[1]).toMatchObject({
    label: 'Points',
    min: 0,
    max: 100_000,
    fallback: 50,
    help: 'Stories below are not kept.',
  });
  expect(fields[0]?.choices).toEqual(['top', 'best']);
});

test('options go through the form unchanged', () => {
  const options = { list: 'best', minScore: 80, sourceIds: ['a', 'b'], deep: true, ratio: 1.5, window: { from: '09:00' } };
  const back = toOptions(fields, toValues(fields, options));
  expect(back).toEqual({ options });
  expect(schema.safeParse('options' in back ? back.options : undefined).success).toBe(true);
});

test('an empty optional field is left to the job, an empty needed one is named', () => {
  const values = toValues(fields, {});
  expect(toOptions(fields, values)).toEqual({ field: 'ratio', message: 'This is needed.' });
  expect(toOptions(fields, { ...values, ratio: '1', minScore: '' })).toEqual({
    options: { list: 'top', deep: false, ratio: 1 },
  });
});

test.each([
  ['minScore', '-1', 'Give 0 or more.'],
  ['minScore', '1.5', 'Give a whole number.'],
  ['minScore', 'many', 'Give a number.'],
  ['window', '{', 'This is not JSON.'],
])('a wrong value is named with a sentence: %s = %s', (name, value, message) => {
  expect(toOptions(fields, { ...toValues(fields, { ratio: 1 }), [name]: value })).toEqual({ field: name, message });
});

test('a name nobody wrote a word for is spelt out', () => {
  expect(toFields(z.toJSONSchema(z.strictObject({ maxAgeDays: z.int() })))[0]?.label).toBe('Max age days');
});

test('a schema without properties has no form', () => {
  expect(toFields(z.toJSONSchema(z.strictObject({})))).toEqual([]);
  expect(toFields(undefined)).toEqual([]);
});
