import { present } from '../../spec/present.ts';
import { type Course, CourseKeeper, type Watches } from './course.ts';
import {
  type Fault,
  faultOfEnd,
  faultOfHost,
  faultOfPeriod,
  faultOfSample,
  faultOfSeries,
  faultOfStart,
  type UnknownLine,
  UnreadableRecord,
} from './expect-line.ts';
import { LoadWindow } from './load-window.ts';
import {
  type AddressLine,
  type EndLine,
  type HostLine,
  type JudgedThreshold,
  type PeriodEntry,
  type PeriodLine,
  RECORD_FORMAT,
  type SampleLine,
  type ScriptThreshold,
  type SeriesLine,
  type StartLine,
} from './record-format.ts';
import { type RecordedSeries, SeriesSum } from './recorded-series.ts';
import type { Slot } from './slots.ts';

/** One sample, of a metric whose samples are kept singly. */
export type RecordedSample = Omit<SampleLine, 'type'>;

/** Everything of a record but what was watched over time. */
export interface RecordTotals {
  /** Unix milliseconds when the recorder started, before `setup()`. */
  readonly startedAtMs: number;
  /** Unix milliseconds up to which the record goes. */
  readonly lastAtMs: number;
  /** What the script says of itself; absent for a script of somebody else. */
  readonly test?: unknown;
  readonly options: StartLine['options'];
  /** Whether k6 wrote it to its end. */
  readonly isWhole: boolean;
  /** What else the end says; empty where it is missing. */
  readonly end: Omit<EndLine, 'type' | 'atMs' | 'judged' | 'loadStartedAtMs' | 'loadEndedAtMs'>;
  /**
   * From the first start to the last end of what belongs to the load of a script of somebody else; in a record that was
   * cut off, in whole periods. Absent where the load never began.
   */
  readonly loadWindow?: Slot;
  /** Those of the script, by metric. */
  readonly thresholds: readonly ScriptThreshold[];
  /** What k6 made of them, in the same order; absent where it judged none, and where the end is missing. */
  readonly judged?: readonly JudgedThreshold[];
  /** Those that requests went to, as far as k6 tells them, in the order in which they were met. */
  readonly hosts: readonly string[];
  /** Where requests went to whose host k6 does not tell. */
  readonly addresses: readonly string[];
  /** Those with samples, each over the whole run, in the order of the record. */
  readonly series: readonly RecordedSeries[];
  /** In the order of the record. */
  readonly samples: readonly RecordedSample[];
}

/** What k6 recorded of a run. */
export interface RunRecord extends RecordTotals {
  /** All rows together. */
  readonly overTime: Course;
  /** Each row by itself, in longer slots. */
  readonly rowsOverTime: Course;
}

export interface ReadOptions {
  /** What is kept over time, or what follows from the first line of the record. @default nothing */
  readonly watches?: Watches | ((start: StartLine) => Watches);
  /** How many slots of time there are at most. @default 2880, as k6's dashboard had */
  readonly mostSlots?: number;
  /** And of each row. @default 120 */
  readonly mostSlotsOfRow?: number;
}

/** Of a record that was cut off. */
const NO_END: EndLine = { type: 'end', atMs: 0 };

/** @throws UnreadableRecord for what is no record, or one of another version */
export function readRecord(lines: Iterable<string>, options: ReadOptions = {}): RunRecord {
  const reader = new RecordReader(options);
  for (const line of lines) reader.add(line);
  return reader.end();
}

/** Reads a record line by line and keeps none: it may be larger than what fits into memory. */
export class RecordReader {
  private readonly options: ReadOptions;
  /** All rows together, and each by itself. */
  private courses: readonly CourseKeeper[] = [];
  private readonly series = new Map<string, SeriesSum>();
  private readonly samples: RecordedSample[] = [];
  private readonly hosts: string[] = [];
  private readonly addresses: string[] = [];
  private start: StartLine | undefined;
  private loadWindow: LoadWindow | undefined;
  private ending: EndLine | undefined;
  private nextId = 0;
  private lastPeriodMs = 0;
  private lastAtMs = 0;
  private lineNumber = 0;
  /** The number of a line that is no JSON: the last one may be, where k6 was killed while it wrote. */
  private brokenLine: number | undefined;

  constructor(options: ReadOptions = {}) {
    this.options = options;
  }

  /**
   * @param text the next line, without its line feed
   * @throws UnreadableRecord where the line does not fit, or the one before it was no JSON
   */
  add(text: string): void {
    this.lineNumber += 1;
    if (text === '') return;
    if (this.brokenLine !== undefined) throw fault(this.brokenLine, 'is no JSON');
    const line = parse(text);
    if (line === undefined) {
      this.brokenLine = this.lineNumber;
      return;
    }
    const found = this.take(line);
    if (found !== undefined) throw fault(this.lineNumber, found);
  }

  /**
   * What was recorded. A broken last line is ignored.
   * @throws UnreadableRecord where there is not even a beginning
   */
  end(): RunRecord {
    if (this.start === undefined)
      throw new UnreadableRecord('k6 left an empty record: not even its first line is whole.');
    const { atMs, test, options, thresholds = [] } = this.start;
    const { type: _, atMs: endedAtMs, judged, loadStartedAtMs: __, loadEndedAtMs: ___, ...end } = this.ending ?? NO_END;
    const [overTime, rowsOverTime] = this.courses.map((course) => course.course()) as [Course, Course];
    return {
      startedAtMs: atMs,
      lastAtMs: Math.max(atMs, this.lastAtMs, endedAtMs),
      options,
      isWhole: this.ending !== undefined,
      end,
      thresholds,
      hosts: this.hosts,
      addresses: this.addresses,
      series: [...this.series.values()].flatMap((each) => each.total() ?? []),
      samples: this.samples,
      overTime,
      rowsOverTime,
      ...present({ test, judged, loadWindow: this.loadWindow?.seen(this.ending ?? {}) }),
    };
  }

  private take(line: UnknownLine): Fault {
    if (this.ending !== undefined) return 'follows the end of the record';
    if (this.start === undefined) return this.takeStart(line);
    switch (line.type) {
      case 'series':
        return faultOfSeries(line, this.nextId) ?? this.takeSeries(line as unknown as SeriesLine);
      case 'period':
        return faultOfPeriod(line, this.lastPeriodMs, this.series) ?? this.takePeriod(line as unknown as PeriodLine);
      case 'sample':
        return faultOfSample(line) ?? this.takeSample(line as unknown as SampleLine);
      case 'host':
        return faultOfHost(line) ?? this.takeHost(line as unknown as HostLine | AddressLine);
      case 'end': {
        const found = faultOfEnd(line);
        if (found === undefined) this.ending = line as unknown as EndLine;
        return found;
      }
      default:
        return `is none of a record of format ${RECORD_FORMAT}`;
    }
  }

  private takeStart(line: UnknownLine): Fault {
    if (line.type !== 'start') return 'does not begin a record of k6-verdict';
    if (line.format !== RECORD_FORMAT)
      return `begins a record of another format than ${RECORD_FORMAT}, the one that this version of k6-verdict reads`;
    const found = faultOfStart(line);
    if (found !== undefined) return found;
    this.start = line as unknown as StartLine;
    this.courses = coursesOf(this.options, this.start);
    this.loadWindow = new LoadWindow(this.start.options);
    return undefined;
  }

  private takeSeries(line: SeriesLine): undefined {
    const id = String(line.id);
    this.nextId = line.id + 1;
    this.series.set(id, new SeriesSum(line));
    this.loadWindow?.addSeries(id, line);
    for (const course of this.courses) course.addSeries(id, line);
  }

  private takePeriod(line: PeriodLine): undefined {
    for (const id in line.series) this.series.get(id)?.add(line.series[id] as PeriodEntry);
    this.loadWindow?.addPeriod(line);
    for (const course of this.courses) course.addPeriod(line);
    this.lastPeriodMs = line.toMs;
    this.lastAtMs = Math.max(this.lastAtMs, line.toMs);
  }

  private takeHost(line: HostLine | AddressLine): undefined {
    if ('host' in line) this.hosts.push(line.host);
    else this.addresses.push(line.address);
  }

  private takeSample({ type: _, ...sample }: SampleLine): undefined {
    this.samples.push(sample);
    this.lastAtMs = Math.max(this.lastAtMs, sample.atMs);
  }
}

function coursesOf({ watches = {}, mostSlots = 2880, mostSlotsOfRow = 120 }: ReadOptions, start: StartLine) {
  const watched = typeof watches === 'function' ? watches(start) : watches;
  return [new CourseKeeper(watched, mostSlots, false), new CourseKeeper(watched, mostSlotsOfRow, true)];
}

function fault(line: number, found: string): UnreadableRecord {
  return new UnreadableRecord(`k6's record cannot be read: line ${line} ${found}.`);
}

/** @returns undefined for what is no JSON object */
function parse(text: string): UnknownLine | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as UnknownLine) : undefined;
  } catch {
    return undefined;
  }
}
