import type { Study } from '../../../core/questions/study.ts';
import type { Block } from '../../../core/spec/document/blocks.ts';
import { heading, paragraph } from '../../../core/spec/document/cells.ts';
import type { Report } from '../../model/report.ts';
import type { StudyRow } from '../../model/studies/study-row.ts';
import { breakpointBlocks } from './breakpoint.ts';
import { poolBlocks } from './pool.ts';
import { rateLimitBlocks } from './rate-limit.ts';
import { recoveryBlocks } from './recovery.ts';
import { sequentialBlocks } from './sequential.ts';
import { soakBlocks } from './soak.ts';
import { websocketBlocks } from './websocket.ts';

/** What the scenarios with a question of their own found. Nothing where there was none. */
export function studySection({ studies }: Report): Block[] {
  if (studies.length === 0) return [];
  return [
    heading(2, studies.length === 1 ? 'Answer' : 'Answers'),
    ...studies.flatMap((row) => [
      ...(studies.length > 1 ? [heading(3, row.scenario)] : []),
      ...(row.question === undefined || studies.length === 1 ? [] : [paragraph(row.question)]),
      paragraph([{ strong: row.headline }]),
      ...blocksOf(row, studies.length > 1 ? `: ${row.scenario}` : ''),
    ]),
  ];
}

/** @param of sets the titles of charts and tables apart */
function blocksOf({ study }: StudyRow, of: string): Block[] {
  return [...methodOf(study).map((text) => paragraph(text)), ...figuresOf(study, of)];
}

function figuresOf(study: Study, of: string): Block[] {
  switch (study.kind) {
    case 'sequential':
      return sequentialBlocks(study, of);
    case 'breakpoint':
      return breakpointBlocks(study, of);
    case 'recovery':
      return recoveryBlocks(study, of);
    case 'soak':
      return soakBlocks(study, of);
    case 'pool':
      return poolBlocks(study, of);
    case 'rate-limit':
      return rateLimitBlocks(study, of);
    case 'websocket':
      return websocketBlocks(study, of);
  }
}

const METHODS: Readonly<Record<Study['kind'], string>> = {
  sequential: 'One user sends one request after another, to each endpoint in turn: nobody else is there to wait for.',
  breakpoint:
    'Requests arrive at a rate that goes up in steps, whatever the service does. A step holds when its ok replies keep to the p95 limit, its failures to their share, and replies come as fast as requests; the knee is the last rate before the p95 has doubled.',
  recovery:
    'Probes at a low rate, a stream of its own, measure latency and success before, during and after the overload. It has come back at the first probe from which on they are as before: ok, and within the limit that follows from the time before.',
  soak: 'The load stays as it is. A drift is the median of the slopes between all pairs of moments (Theil-Sen) with its 99 % interval (Sen 1968). It is claimed where the interval excludes 0, the change over the whole time matters, and the second half goes the same way.',
  pool: 'Users without a pause, more of them step by step. As long as nobody waits, each is served as fast as one alone; how many requests are worked on at a time is throughput times the time that one takes (Little’s law).',
  'rate-limit':
    'One client sends two bursts and then keeps asking. Windows are counted by the times at which requests were surely accepted, and every limiter that is known is held against which request was let through. Ways around the limit are tried while the ordinary request is refused, right before and right after.',
  websocket:
    'Each user opens one socket, sends a message per heartbeat and closes it at the end. A socket that the server closes as soon as it is open, without an answer, counts as refused.',
};

function methodOf({ kind }: Study): string[] {
  return [METHODS[kind]];
}
