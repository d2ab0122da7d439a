import type { LineSeriesOption, XAXisComponentOption, YAXisComponentOption } from 'echarts';
import type { LineChart, Series } from '../../core/spec/document/chart.ts';
import { colour } from '../document/colours.ts';
import { shortened } from '../document/visible-text.ts';
import { CROSS, crossSeries } from './crosses.ts';
import { type LegendItem, legendOf, seriesId } from './legend.ts';
import { heightOfWords, markGraphics, placedMarks } from './mark-lines.ts';
import { estimatedWidth, FIXED, FONT_SIZE, type Picture, STILL, WIDTH } from './picture.ts';
import { readingsOf } from './readings.ts';
import { colourOfLine, dashesOf, roleColour } from './roles.ts';
import { axisTitle, type Scale, scaleFor, type Tick } from './scale.ts';

const PLOT_HEIGHT = 120;
const TITLE_HEIGHT = 30;
const AXIS_HEIGHT = 46;
const RIGHT = 22;
/** So many characters of a title have room. */
const LONGEST_TITLE = 50;

export function lineChartPicture(chart: LineChart): Picture {
  const points = chart.series.flatMap((series) => series.points);
  const x = scaleFor(chart.x, [...points.map(([at]) => at), ...(chart.marks ?? []).map((mark) => mark.x)], true);
  const y = scaleFor(chart.y, [
    ...points.flatMap(([, value]) => (value === undefined ? [] : [value])),
    ...(chart.limit === undefined ? [] : [chart.limit.y]),
  ]);
  const legend = legendOf(legendItems(chart));
  const left = Math.max(...y.ticks.map(({ label }) => estimatedWidth(label)), 16) + 12;
  const width = WIDTH - left - RIGHT;
  const marks = placedMarks(chart.marks ?? [], x, { left, width });
  const words = heightOfWords(marks);
  const plot = { left, top: legend.height + TITLE_HEIGHT + words, width, height: PLOT_HEIGHT };
  return {
    height: plot.top + plot.height + AXIS_HEIGHT,
    readings: readingsOf(chart, x, plot),
    option: {
      ...STILL,
      grid: { ...plot, ...FIXED },
      legend: legend.rows,
      graphic: markGraphics(marks, plot),
      xAxis: { ...bottomAxis(x, width), name: shortened(axisTitle(chart.x), LONGEST_TITLE) },
      yAxis: { ...leftAxis(y, width, left), nameGap: 12 + words, name: shortened(axisTitle(chart.y), LONGEST_TITLE) },
      series: [
        ...chart.series.map((series, i) => line(series, i, colourIn(chart, i), x, y)),
        ...(chart.crosses === undefined ? [] : [crossSeries(chart.crosses, seriesId(chart.series.length), x, y)]),
        ...(chart.limit === undefined ? [] : limitLine(chart.limit, y)),
      ],
    },
  };
}

/** Lines that are chosen from have their names beside the boxes of the choice. */
function legendItems({ series, crosses, drawnAtFirst }: LineChart): LegendItem[] {
  return [
    ...(drawnAtFirst === undefined ? series.map(({ name }, i) => ({ id: seriesId(i), name })) : []),
    ...(crosses === undefined ? [] : [{ id: seriesId(series.length), name: crosses.name, icon: CROSS }]),
  ];
}

const LABEL = { color: colour('muted'), fontSize: FONT_SIZE };

function labels({ ticks, min, max }: Scale) {
  const texts = new Map(ticks.map(({ at, label }) => [at, label]));
  const places = ticks.map(({ at }) => at);
  return {
    type: 'value',
    min,
    max,
    splitLine: { show: false },
    minorTick: { show: false },
    axisLabel: { ...LABEL, customValues: places, formatter: (at: number) => texts.get(at) ?? '' },
    nameTextStyle: { color: colour('text'), fontSize: FONT_SIZE },
    places,
  } as const;
}

function bottomAxis(scale: Scale, width: number): XAXisComponentOption {
  const { places, ...axis } = labels({ ...scale, ticks: apart(scale, width) });
  return {
    ...axis,
    nameLocation: 'middle',
    nameGap: 30,
    axisLine: { show: true, onZero: false, lineStyle: { color: colour('muted') } },
    axisTick: { show: true, customValues: places, length: 4, lineStyle: { color: colour('muted') } },
  };
}

/** Labels that do not touch each other: the last one first, which says where the axis ends. */
function apart({ ticks, min, max }: Scale, width: number): Tick[] {
  const boxOf = ({ at, label }: Tick) => {
    const middle = ((at - min) / (max - min)) * width;
    const half = estimatedWidth(label) / 2 + 3;
    return { from: middle - half, to: middle + half };
  };
  const kept: Tick[] = [];
  for (const tick of [...ticks].reverse()) {
    const box = boxOf(tick);
    if (kept.map(boxOf).every((other) => box.to <= other.from || box.from >= other.to)) kept.unshift(tick);
  }
  return kept;
}

function leftAxis(scale: Scale, plotWidth: number, left: number): YAXisComponentOption {
  const { places, nameTextStyle, ...axis } = labels(scale);
  return {
    ...axis,
    nameLocation: 'end',
    nameTextStyle: { ...nameTextStyle, align: 'left', padding: [0, 0, 0, -left] },
    axisLine: { show: false },
    // Lines across the plot: those of ECharts stand at round values of its own.
    axisTick: {
      show: true,
      inside: true,
      customValues: places,
      length: plotWidth,
      lineStyle: { color: colour('chart-grid') },
    },
  };
}

function colourIn({ series, drawnAtFirst }: LineChart, index: number): string {
  const colour = roleColour(series[index]?.role ?? '1');
  return drawnAtFirst === undefined ? colour : colourOfLine(colour, index, index < drawnAtFirst);
}

function line(series: Series, index: number, color: string, x: Scale, y: Scale): LineSeriesOption {
  const places = series.points.flatMap(([px, py]) => {
    const at = x.position(px);
    return at === undefined ? [] : [[at, py === undefined ? undefined : y.position(py)] as const];
  });
  const isMeasured = (i: number) => places[i]?.[1] !== undefined;
  return {
    type: 'line',
    ...STILL,
    id: seriesId(index),
    name: seriesId(index),
    clip: false,
    symbol: 'none',
    // A value between two gaps has no line to be seen by.
    data: places.map(([px, py], i) =>
      isMeasured(i) && !isMeasured(i - 1) && !isMeasured(i + 1)
        ? { value: [px, py ?? '-'], symbol: 'circle', symbolSize: 5 }
        : [px, py ?? '-'],
    ),
    lineStyle: { color, width: 2, type: dashesOf(index), join: 'round' },
    itemStyle: { color },
  };
}

/** A series of its own, without points: the limit is there even where nothing was measured. */
function limitLine(limit: { readonly name: string; readonly y: number }, y: Scale): LineSeriesOption[] {
  const at = y.position(limit.y);
  if (at === undefined) return [];
  const isNearTop = at > y.min + 0.9 * (y.max - y.min);
  return [
    {
      type: 'line',
      ...STILL,
      name: 'limit',
      data: [],
      itemStyle: { color: colour('text') },
      markLine: {
        ...STILL,
        symbol: 'none',
        data: [{ yAxis: at }],
        lineStyle: { color: colour('text'), width: 1.25, type: [4, 3] },
        label: {
          position: isNearTop ? 'insideStartBottom' : 'insideStartTop',
          formatter: () => shortened(limit.name, 40),
          color: colour('text'),
          fontSize: FONT_SIZE,
        },
      },
    },
  ];
}
