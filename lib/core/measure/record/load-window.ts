import { partOfScript } from './part-of-script.ts';
import type { EndLine, PeriodLine, SeriesLine, StartLine } from './record-format.ts';
import type { Slot } from './slots.ts';

/** Counts of users, which k6 takes from before `setup()` until after `teardown()`. */
const OF_NO_PART: readonly string[] = ['vus', 'vus_max'];

/**
 * Finds out when the load of a script began and ended. The end of a record says it exactly; one that was cut off has it by
 * its periods.
 */
export class LoadWindow {
  private readonly partOf: ReturnType<typeof partOfScript>;
  private readonly ofLoad = new Set<string>();
  private fromMs: number | undefined;
  private toMs = 0;

  constructor(options: StartLine['options']) {
    this.partOf = partOfScript(options);
  }

  addSeries(id: string, { metric, tags }: SeriesLine): void {
    if (!OF_NO_PART.includes(metric) && this.partOf(tags) === 'load') this.ofLoad.add(id);
  }

  addPeriod({ fromMs, toMs, series }: PeriodLine): void {
    if (!Object.keys(series).some((id) => this.ofLoad.has(id))) return;
    this.fromMs ??= fromMs;
    this.toMs = toMs;
  }

  /** @returns undefined where the load never began */
  seen({ loadStartedAtMs, loadEndedAtMs }: Partial<EndLine>): Slot | undefined {
    if (loadStartedAtMs !== undefined && loadEndedAtMs !== undefined)
      return { fromMs: loadStartedAtMs, toMs: loadEndedAtMs };
    return this.fromMs === undefined ? undefined : { fromMs: this.fromMs, toMs: this.toMs };
  }
}
