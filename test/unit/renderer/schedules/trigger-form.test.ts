import { expect, test } from 'vitest';
import { type Trigger, triggerSchema } from '../../../../preload/contract/schedule.ts';
import { EMPTY_TRIGGER, fieldOfError, fromTrigger, toTrigger } from '../../../../renderer/ui/trigger-form.ts';

const triggers: Trigger[] = [
  { type: 'interval', minutes: 45 },
  { type: 'interval', minutes: 120 },
  { type: 'interval', minutes: 2880 },
  { type: 'daily', time: '06:30' },
  { type: 'weekly', days: ['mon', 'sun'], time: '23:59' },
  { type: 'monthly', day: 31, time: '00:00' },
  { type: 'cron', expression: '*/15 9-17 * * 1-5' },
];

test.each(triggers)('the editor gives back the trigger it was given: %j', (trigger) => {
  const result = toTrigger(fromTrigger(trigger));
  expect(result).toEqual({ trigger });
  expect(triggerSchema.safeParse('trigger' in result ? result.trigger : undefined).success).toBe(true);
});

test('days are written in the order of the week however they were ticked', () => {
  expect(toTrigger({ ...EMPTY_TRIGGER, type: 'weekly', days: ['sun', 'mon'] })).toMatchObject({
    trigger: { days: ['mon', 'sun'] },
  });
});

test.each([
  [{ type: 'interval', every: '0' }, 'every'],
  [{ type: 'interval', every: '1.5' }, 'every'],
  [{ type: 'interval', every: '400', unit: 'days' }, 'every'],
  [{ type: 'daily', time: '24:00' }, 'time'],
  [{ type: 'weekly', days: [] }, 'days'],
  [{ type: 'monthly', day: '32' }, 'day'],
  [{ type: 'cron', expression: '  ' }, 'expression'],
] as const)('a wrong field is named: %j', (part, field) => {
  const result = toTrigger({ ...EMPTY_TRIGGER, ...part } as typeof EMPTY_TRIGGER);
  expect(result).toMatchObject({ field });
});

test('an error of the core lands on the field it is about', () => {
  expect(fieldOfError('cron', 'trigger.expression')).toBe('expression');
  expect(fieldOfError('daily', 'timeZone')).toBe('timeZone');
  expect(fieldOfError('monthly', undefined)).toBe('day');
  expect(fieldOfError('interval', 'trigger.minutes')).toBe('every');
});
