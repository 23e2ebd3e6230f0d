import type { SourceRow } from '../../preload/contract/source.ts';
import { dateTime, dayAndMonth } from '../ui/format.ts';
import { ExactTime } from '../ui/relative-time.tsx';
import { Row, SectionHead, Table } from '../ui/table.tsx';
import { useNow } from '../ui/use-now.ts';
import { words } from '../words/words.ts';

const { earlierErrors: say } = words.sources;

/** *312 times since 3 March*; undefined when it never failed. */
export const failedWords = ({ failureRecord }: SourceRow, now: number): string | undefined =>
  failureRecord && say.timesSince(failureRecord.count, dayAndMonth(failureRecord.since, now));

/** *for 30 days*, *for ever*; undefined when as in the settings. */
export const keptWords = ({ source }: SourceRow): string | undefined => {
  if (source.keepDays === undefined) return undefined;
  return source.keepDays === 0 ? say.forEver : say.forDays(source.keepDays);
};

/** Errors whose fetch jobs the clean-up removed: the ledger of failures keeps the last 20 for good. */
export const EarlierErrors = ({ row, before }: { row: SourceRow; before: string | undefined }) => {
  const now = useNow();
  const errors = (row.failureRecord?.last ?? []).filter(({ at }) => before === undefined || at < before).toReversed();
  if (errors.length === 0) return null;
  return (
    <section aria-labelledby="source-earlier">
      <SectionHead id="source-earlier" note={say.noLongerKept}>
        {say.earlierErrors}
      </SectionHead>
      <Table
        label={say.earlierErrors}
        columns={[
          { head: say.when, width: '132px' },
          { head: say.whatHappened },
          { head: say.code, width: '120px', leavesNarrow: true },
        ]}
      >
        {errors.map((error) => (
          <Row key={`${error.at} ${error.runId}`}>
            <td className="nowrap mid">
              <ExactTime at={error.at}>{dateTime(error.at, now)}</ExactTime>
            </td>
            <td className="row-name mid">{error.errorMessage}</td>
            <td className="mono dim hide-narrow">{error.errorCode}</td>
          </Row>
        ))}
      </Table>
    </section>
  );
};
