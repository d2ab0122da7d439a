import { testOfRecord } from '../core/judge/measurement-of-record.ts';
import { scriptFactsIn } from '../core/judge/script/script-facts.ts';
import { type TimelineFacts, timelineOfRecord, without } from '../core/measure/record/timeline-of-record.ts';
import type { ParsedTimeline } from '../core/measure/timeline.ts';
import { readRecordIn, whyUnread } from './record.ts';

/** The run over time, from the record in its folder. Whatever is wrong with it becomes a note. */
export function readTimeline(runFolder: string, facts: TimelineFacts): ParsedTimeline {
  try {
    const record = readRecordIn(runFolder);
    if (record === undefined) return without('nothing recorded them');
    // What a script checks says nothing of its requests.
    const checksContent = scriptFactsIn(record) === undefined && testOfRecord(record).checksContent === true;
    return timelineOfRecord(record, facts, checksContent);
  } catch (error) {
    return without(`the record cannot be read (${whyUnread(error)})`);
  }
}
