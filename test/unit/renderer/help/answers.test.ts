import { describe, expect, it } from 'vitest';
import { domainSchema } from '../../../../preload/contract/domain.ts';
import { fetchJobSchema } from '../../../../preload/contract/fetch-job.ts';
import { RUN_STATUSES } from '../../../../preload/contract/run.ts';
import { ANSWERS, DOMAIN_MEANINGS, FETCH_JOB_MEANINGS, RUN_MEANINGS } from '../../../../renderer/help/answers.ts';

const statusesOf = (schema: { options: readonly { shape: { status: { value: string } } }[] }): string[] =>
  schema.options.map((option) => option.shape.status.value).sort();

describe('the help page', () => {
  it('E-25: explains every status of a run, an attempt and a domain in a sentence of its own', () => {
    expect(Object.keys(RUN_MEANINGS).sort()).toEqual([...RUN_STATUSES].sort());
    expect(Object.keys(FETCH_JOB_MEANINGS).sort()).toEqual(statusesOf(fetchJobSchema));
    expect(Object.keys(DOMAIN_MEANINGS).sort()).toEqual(statusesOf(domainSchema));
    const sentences = [RUN_MEANINGS, FETCH_JOB_MEANINGS, DOMAIN_MEANINGS].flatMap((words) => Object.values(words));
    expect(new Set(sentences).size).toBe(sentences.length);
    for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z].+\.$/);
  });

  it('answers each question once and leads only to places of the window', () => {
    expect(new Set(ANSWERS.map(({ id }) => id)).size).toBe(ANSWERS.length);
    for (const { question, answer, link } of ANSWERS) {
      expect(question).toMatch(/[?.]$/);
      expect(answer).toMatch(/\.$/);
      if (link) expect(link.href).toMatch(/^#\/[a-z]+$/);
    }
  });
});
