import { useEffect, useState } from 'react';
import type { RuleQuestion } from '../../preload/contract/rule.ts';
import { useQuery } from '../client/use-query.ts';

const SETTLE_MS = 200;

/** How the stored posts fit a question that is being written; asked when it rests. A newer question ends the older one. */
export const useRuleTest = (question: RuleQuestion | undefined) => {
  // Its own in every window, so that two of them do not end each other's tests.
  const [ticket] = useState(() => `test-${Math.random().toString(36).slice(2)}`);
  const key = question ? JSON.stringify(question) : '';
  const [settled, setSettled] = useState(key);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(key), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [key]);
  const params = settled === '' ? null : { question: JSON.parse(settled) as RuleQuestion, ticket };
  const test = useQuery('rules.test', params, ['posts.changed']);
  return { ...test, isBehind: settled !== key || test.isPrevious };
};
