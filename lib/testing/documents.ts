import type { Block, Cell, Document, Tone } from '../core/spec/document/blocks.ts';
import type { Chart } from '../core/spec/document/chart.ts';

const ENDPOINTS = [
  'GET /api/health',
  'GET /api/projects',
  'POST /api/projects',
  'GET /api/projects/{project}/members/{member}/permissions?expand=roles',
  'GET /api/v1/organisations/{organisation}/workspaces/{workspace}/dashboards/{dashboard}/widgets',
  'DELETE /api/sessions/current',
];

const TONES: readonly Tone[] = ['good', 'bad', 'caution', 'plain'];

function endpointRow(name: string, i: number): Cell[] {
  const isMeasured = i !== 2;
  const ms = (value: number): Cell =>
    isMeasured ? { text: `${value.toLocaleString('en')} ms`, sort: value } : { text: '–' };
  return [
    { text: [{ code: name }] },
    { text: (2500 - i * 410).toLocaleString('en'), sort: 2500 - i * 410 },
    ms(12 + i * 37),
    { ...ms(94 + i * 211), ...(isMeasured ? { tone: i > 2 ? 'bad' : 'good' } : {}) },
    ms(240 + i * 330),
    { text: `${(i * 7.25).toFixed(2)} %`, sort: i * 0.0725, tone: i > 3 ? 'caution' : 'plain' },
    { text: isMeasured ? '< 500 ms' : '–' },
    isMeasured ? { text: i > 2 ? 'fail' : 'pass', tone: i > 2 ? 'bad' : 'good' } : { text: 'no data', tone: 'caution' },
  ];
}

const ladder = (scale: number) =>
  [0, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975, 0.99, 0.995, 0.999, 1].map(
    (quantile, i) => [quantile, scale * 1.9 ** i] as const,
  );

const second = (from: number) => Array.from({ length: 60 }, (_, i) => [from + i, i] as const);

export const SAMPLE_CHARTS: readonly Chart[] = [
  {
    kind: 'lines',
    title: 'Latency of successful responses',
    description: 'Half of responses took at most 41 ms, 95 % at most 276 ms, the slowest 6.98 s.',
    x: { title: 'Responses', scale: 'percentile', unit: 'share' },
    y: { title: 'Latency', scale: 'log', unit: 'ms' },
    series: [
      { name: 'this run', role: '1', points: ladder(6) },
      { name: 'release 2.3.0', role: '2', points: ladder(4) },
    ],
    limit: { name: 'p95 < 500 ms', y: 500 },
  },
  {
    kind: 'lines',
    title: 'Requests over time',
    description:
      'About 80 requests a second, none measured from 20 s to 24 s, and up to 40 failures a second after 40 s.',
    x: { title: 'Time', scale: 'linear', unit: 'seconds' },
    y: { title: 'Requests', scale: 'linear', unit: 'per second' },
    series: [
      {
        name: 'ok',
        role: 'good',
        points: second(0).map(([x, i]) => [x, i >= 20 && i < 24 ? undefined : 80 + 9 * Math.sin(i / 3)]),
      },
      { name: 'not ok', role: 'bad', points: second(0).map(([x, i]) => [x, i < 40 ? 0 : 2 * (i - 40)]) },
    ],
  },
  {
    kind: 'stacked-bars',
    title: 'Outcomes by endpoint',
    description: 'Of six endpoints one was answered in full; timeouts make up to 25 % of an endpoint.',
    categories: ENDPOINTS,
    series: [
      { name: 'ok', role: 'good', shares: [1, 0.95, 0.8, 0.7, 0.6, 0.05] },
      { name: 'rate limited (429)', role: 'caution', shares: [0, 0.05, 0.15, 0.2, 0.15, 0.9] },
      { name: 'timeout', role: 'bad', shares: [0, 0, 0.05, 0.1, 0.25, 0.05] },
    ],
  },
];

/** A document with every kind of block and a `text` from outside wherever one can stand. */
export function sampleDocument(text = ''): Document {
  const withText = (value: string) => value + text;
  const blocks: Block[] = [
    { kind: 'verdict', tone: 'bad', text: withText('FAIL: 2 of 9 thresholds are crossed, the worst by 340 %.') },
    {
      kind: 'paragraph',
      text: [
        withText('Half of the endpoints hold under '),
        { strong: withText('100 users') },
        withText('. See '),
        { link: `https://example.org/runs/7${text}`, text: withText('the run') },
        ', ',
        { link: 'summary.json', text: 'its data' },
        withText(' and '),
        { code: withText('npm run k6:sustained') },
        '.',
      ],
    },
    {
      kind: 'facts',
      facts: [
        { name: withText('System under test'), text: withText('reference backend 0.1.0') },
        { name: 'Commit', text: [{ code: withText('0d5b5e6') }, withText(' on main')] },
        { name: 'Load', text: withText('100 users for 1m, think time 0.5 s') },
        { name: 'Generator', text: '2 cores, AMD EPYC, linux x64' },
      ],
    },
    { kind: 'heading', level: 2, text: withText('What to do') },
    {
      kind: 'list',
      isOrdered: true,
      items: [
        withText('Give the dashboards endpoint an index'),
        [withText('Raise the limit of '), { code: withText('DELETE /api/sessions/current') }],
      ],
    },
    { kind: 'list', items: [withText('This run has no stored runs to compare with.'), 'The machine was 84 % busy.'] },
    { kind: 'heading', level: 2, text: 'Outcomes' },
    {
      kind: 'bars',
      title: withText('All requests'),
      bars: [
        { label: withText('ok'), share: 0.59, text: withText('59 %'), tone: 'good' },
        { label: 'rate limited (429)', share: 0.31, text: '31 %', tone: 'caution' },
        { label: 'timeout', share: 0.0996, text: '9.96 %', tone: 'bad' },
        { label: 'reset', share: 0.0004, text: '0.04 %', tone: 'plain' },
      ],
    },
    ...SAMPLE_CHARTS.slice(2).map((chart) => ({ kind: 'chart', chart: withChartText(chart, text) }) as const),
    { kind: 'heading', level: 2, text: 'Latency' },
    { kind: 'paragraph', text: 'Of successful responses, beside the share of requests that were not ok.' },
    ...SAMPLE_CHARTS.slice(0, 2).map((chart) => ({ kind: 'chart', chart: withChartText(chart, text) }) as const),
    { kind: 'heading', level: 3, text: 'Endpoints' },
    {
      kind: 'table',
      caption: withText('Latency of each endpoint'),
      columns: [
        { title: withText('Endpoint') },
        { title: withText('Requests'), align: 'right' },
        { title: 'p50', align: 'right' },
        { title: 'p95', align: 'right' },
        { title: 'p99', align: 'right' },
        { title: 'Not ok', align: 'right' },
        { title: 'Limit', align: 'right' },
        { title: 'Verdict' },
      ],
      rows: ENDPOINTS.map((name, i) => endpointRow(withText(name), i)),
    },
    { kind: 'heading', level: 2, text: 'Thresholds' },
    {
      kind: 'table',
      caption: 'How a value reads',
      columns: [{ title: 'Tone' }, { title: 'Value', align: 'right' }],
      rows: TONES.map((tone, i) => [{ text: tone }, { text: withText(`${i}`), sort: i, tone }]),
    },
    {
      kind: 'tiles',
      tiles: [
        { name: withText('p95'), value: withText('94 ms'), limit: withText('limit < 500 ms'), tone: 'good' },
        { name: 'Requests', value: '2,500', tone: 'plain' },
      ],
    },
    {
      kind: 'details',
      title: withText('Thresholds that hold'),
      blocks: [
        {
          kind: 'table',
          caption: withText('What is used of each limit'),
          columns: [{ title: 'Threshold' }, { title: 'Used', align: 'right' }],
          rows: [
            [{ text: withText('p95') }, { text: '19 %', sort: 0.19, used: 0.19, tone: 'good' }],
            [{ text: 'p99' }, { text: '250 %', sort: 2.5, used: 2.5, tone: 'bad' }],
          ],
          notes: [undefined, { text: withText('Unstable: one slow response more moves it.'), anchor: 'row-2' }],
        },
      ],
    },
    { kind: 'heading', level: 4, text: 'To run it again' },
    { kind: 'code', language: 'sh', text: withText('k6-verdict run sustained \\\n  --release 2.4.0') },
    { kind: 'heading', level: 2, text: 'Latency' },
    { kind: 'paragraph', text: 'A second section of the same name.' },
  ];
  return { title: withText('LOAD-CONCURRENT-001: sustained'), blocks };
}

/** The chart with `text` behind every text of it. */
export function withChartText(chart: Chart, text: string): Chart {
  const words = { title: chart.title + text, description: chart.description + text };
  switch (chart.kind) {
    case 'lines':
      return {
        ...chart,
        ...words,
        x: { ...chart.x, title: chart.x.title + text },
        y: { ...chart.y, title: chart.y.title + text },
        series: chart.series.map((each) => ({ ...each, name: each.name + text })),
        ...(chart.limit === undefined ? {} : { limit: { ...chart.limit, name: chart.limit.name + text } }),
      };
    case 'stacked-bars':
      return {
        ...chart,
        ...words,
        categories: chart.categories.map((name) => name + text),
        series: chart.series.map((each) => ({ ...each, name: each.name + text })),
      };
  }
}

/** What tries to be more than text, in one format or another. */
export const HOSTILE_TEXTS: Readonly<Record<string, string>> = {
  'a script': '<script>alert(1)</script>',
  'an image that fails': '<img src=x onerror=alert(1)>',
  'the end of a script': '</script></style></title></svg><script>alert(1)</script>',
  'the end of CDATA': ']]><script>alert(1)</script>',
  'the end of a comment': '--><b>bold</b>',
  'the end of an attribute': '"\' onload="alert(1)" x=\'',
  'an entity': '&lt;b&gt;&#60;b&#62;&amp;lt;',
  pipes: '|a|b|',
  'an escaped pipe': '\\|',
  'line breaks': '\n\n# Heading\r\n| a | b |\n\n- item\n\n> quote\n\n1. one',
  'line separators': 'a\u2028b\u2029c',
  'a code fence': '\n```\n~~~\n```html\n',
  backticks: '`<b>``</b>`',
  emphasis: '**bold** _it_ ~~del~~ __b__ * x',
  'an image in Markdown': '![x](https://evil.example/pixel.png)',
  'a link in Markdown': '[x](javascript:alert(1)) [y]: https://evil.example',
  'an autolink': '<https://evil.example> <a@evil.example>',
  'a bare address': 'https://evil.example/x www.evil.example mail@evil.example',
  'a mention': '@team/leads @octocat',
  'a reference': '#1 GH-2 owner/repo#3',
  formulas: '$`x`$ $$y$$',
  'colours of a terminal': '\u001b[31mred\u001b[0m\u0007\u009b1m',
  'a turned direction': '\u202eLIAF\u2066\u200f',
  'half a character': 'a\ud83db\udc00',
  'a script as an address': 'javascript:alert(1)',
  'a template': '{{x}} {a|b} {b} %s',
  'a very long word': 'x'.repeat(300),
};

/** All blocks, with what is folded in its place. */
export function unfolded(blocks: readonly Block[]): Block[] {
  return blocks.flatMap((block) => (block.kind === 'details' ? [block, ...unfolded(block.blocks)] : [block]));
}

/** All charts, those that a reader chooses lines of as well, with what is folded in its place. */
export function chartsOf(blocks: readonly Block[]): Chart[] {
  return unfolded(blocks).flatMap((block): readonly Chart[] => {
    if (block.kind === 'choice') return block.charts;
    return block.kind === 'chart' ? [block.chart] : [];
  });
}
