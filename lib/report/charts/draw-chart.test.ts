import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { describe, expect, it } from 'vitest';
import type { Chart, LineChart } from '../../core/spec/document/chart.ts';
import { HOSTILE_TEXTS, SAMPLE_CHARTS, withChartText } from '../../testing/documents.ts';
import { drawChart } from './draw-chart.ts';

const textsOf = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
const lines = SAMPLE_CHARTS[0] as LineChart;

describe.each(SAMPLE_CHARTS.map((chart) => [chart.title, chart] as const))('the chart %s', (_title, chart) => {
  it('is drawn with the same bytes every time', () => {
    expect(drawChart(chart)).toBe(drawChart(chart));
  });

  it('needs no style sheet, and says what it shows to those who cannot see it', () => {
    const svg = drawChart(chart);
    expect(svg).toMatch(/^<svg role="img" aria-label="[^"]+" viewBox="0 0 360 \d+" width="360"/);
    expect(svg).toContain(chart.description);
    expect(svg).not.toMatch(/<style|style=|class=|\sid=|url\(|http|ecmeta|NaN|undefined|Infinity/);
  });

  it('has colours that a scheme can change and that are right without one', () => {
    const colours = [...drawChart(chart).matchAll(/ (?:fill|stroke)="([^"]*)"/g)].map(([, value]) => value);
    expect(colours.length).toBeGreaterThan(10);
    for (const value of colours) expect(value).toMatch(/^(var\(--[a-z0-9-]+, #[0-9a-f]{6}\)|none|#000)$/);
  });

  it.each(Object.entries(HOSTILE_TEXTS))('is only a picture with %s in every text', (_name, text) => {
    const tags = (svg: string) => new Set(svg.replace(/"[^"]*"/g, '').match(/<[a-z]+/g));
    expect(tags(drawChart(withChartText(chart, text)))).toEqual(new Set(['<svg', '<path', '<text']));
  });
});

describe('a line chart', () => {
  it('shows a percentile axis, a logarithmic axis, a legend and its limit', () => {
    const texts = textsOf(drawChart(lines));
    for (const text of [
      'p50',
      'p99.9',
      'max',
      '1,000',
      'Latency (ms, log scale)',
      'Responses',
      'this run',
      'release 2.3.0',
    ]) {
      expect(texts).toContain(text);
    }
    expect(texts).toContain('p95 &#x3C; 500 ms');
  });

  const withPoints = (points: LineChart['series'][number]['points']): LineChart => ({
    ...lines,
    x: { title: 'Time', scale: 'linear', unit: 'seconds' },
    series: [{ name: 'a', role: '1', points }],
  });
  const strokesOf = (chart: Chart) => drawChart(chart).match(/<path[^>]*stroke="var\(--chart-1,[^>]*>/g) ?? [];

  it('draws each of eight series in a way of its own', () => {
    const roles = ['1', '2', '3', '4', '1', '2', '3', '4'] as const;
    const series = roles.map((role, i) => ({ name: `s${i}`, role, points: [[0, i], [1, i + 1]] as const })); // biome-ignore format: one row
    const svg = drawChart({ ...withPoints([]), y: { title: 'y', scale: 'linear', unit: 'count' }, series });
    const strokes = [...svg.matchAll(/<path[^>]*stroke="(var\(--chart-[1-4],[^"]*)"[^>]*>/g)].map(
      ([path, colour]) => `${colour} ${/stroke-dasharray="([^"]*)"/.exec(path)?.[1] ?? 'solid'}`,
    );
    expect(new Set(strokes).size).toBe(roles.length);
  });

  it('has the rows of its legend above everything else', () => {
    const names = Array.from({ length: 8 }, (_, i) => `/api/orders/of/a/customer/${i}`);
    const series = names.map((name) => ({ name, role: '1', points: [[0, 1], [1, 2]] }) as const); // biome-ignore format: one row
    const svg = drawChart({ ...withPoints([]), y: { title: 'Upwards', scale: 'linear', unit: 'count' }, series });
    const heightOf = (text: string) => {
      const [, y = '', down = ''] =
        new RegExp(` y="(-?[0-9]+)" transform="translate\\([0-9.]+ ([0-9.]+)\\)"[^>]*>${text}<`).exec(svg) ?? [];
      return Number(y) + Number(down);
    };
    const rows = [...new Set(names.map(heightOf))].sort((a, b) => a - b);
    expect(rows.length).toBeGreaterThan(2);
    for (const [i, y] of rows.slice(1).entries()) expect(y - (rows[i] ?? 0)).toBe(20);
    expect(heightOf('Upwards')).toBeGreaterThan((rows.at(-1) ?? 0) + 10);
  });

  it('leaves a gap where nothing was measured', () => {
    const whole = strokesOf(withPoints([[0, 10], [1, 20], [2, 30], [3, 40]]))[0]; // biome-ignore format: one row
    const parted = strokesOf(withPoints([[0, 10], [1, 20], [2, undefined], [3, 40], [4, 50]]))[0]; // biome-ignore format: one row
    expect(whole?.match(/M/g)).toHaveLength(1);
    expect(parted?.match(/M/g)).toHaveLength(2);
  });

  it('shows a value alone between two gaps as a dot', () => {
    const svg = drawChart(withPoints([[0, undefined], [1, 20], [2, undefined]])); // biome-ignore format: one row
    expect(svg).toMatch(/<path d="M[^"]*A[^"]*"[^>]*fill="var\(--chart-1,/);
  });

  it('is drawn without a point, without a series, and with wild values', () => {
    for (const series of [[], [{ name: 'a', role: '1', points: [] }]] as const) {
      expect(drawChart({ ...lines, series })).toContain('p95');
    }
    expect(drawChart(withPoints([[0, Number.NaN], [1, Number.POSITIVE_INFINITY], [2, 0], [3, -1]]))).not.toMatch(/NaN|Infinity/); // biome-ignore format: one row
  });

  it('tells two series of one name apart', () => {
    const [first] = lines.series;
    expect(first).toBeDefined();
    const svg = drawChart({ ...lines, series: first === undefined ? [] : [first, { ...first, role: '3' }] });
    expect(textsOf(svg).filter((text) => text === 'this run')).toHaveLength(2);
  });
});

describe('bars', () => {
  it('have room for 40 categories of long names', () => {
    const categories = Array.from(
      { length: 40 },
      (_, i) => `GET /api/v1/organisations/{organisation}/things/${i}/parts`,
    );
    const svg = drawChart({
      kind: 'stacked-bars',
      title: 'T',
      description: 'D',
      categories,
      series: [{ name: 'ok', role: 'good', shares: categories.map(() => 1) }],
    });
    expect(textsOf(svg).filter((text) => /^GET \/api.*….*parts$/.test(text ?? ''))).toHaveLength(40);
  });

  it('never read 100 % for what is not all', () => {
    const svg = drawChart({
      kind: 'stacked-bars',
      title: 'T',
      description: 'D',
      categories: ['a'],
      series: [
        { name: 'ok', role: 'good', shares: [0.9999] },
        { name: 'reset', role: 'bad', shares: [0.0001] },
      ],
    });
    expect(textsOf(svg)).toContain('> 99 %');
  });
});

it('lets the process end, even when a chart cannot be drawn', () => {
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  const script = `
    import { drawChart } from './lib/report/charts/draw-chart.ts';
    const chart = { kind: 'stacked-bars', title: '', description: '', categories: ['a'], series: [] };
    drawChart(chart);
    try { drawChart({ ...chart, get description() { throw new Error('no') } }) } catch { console.log('caught') }`;
  const { outputFiles } = buildSync({
    stdin: { contents: script, resolveDir: root },
    bundle: true,
    platform: 'node',
    format: 'esm',
    write: false,
  });
  const { status, stdout } = spawnSync(process.execPath, ['--input-type=module', '-'], {
    input: outputFiles[0]?.text ?? '',
    encoding: 'utf8',
  });
  expect({ status, stdout }).toEqual({ status: 0, stdout: 'caught\n' });
});
