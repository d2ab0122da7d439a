import type { LineSeriesOption, XAXisComponentOption, YAXisComponentOption } from 'echarts';
import type { LineChart, Series } from '../../core/spec/document/chart.ts';
import { colour } from '../document/colours.ts';
import { shortened } from '../document/visible-text.ts';
import { legendOf, seriesId } from './legend.ts';
import { estimatedWidth, FONT_SIZE, LINE_CHART_WIDTH, type Picture, STILL } from './picture.ts';
import { readingsOf } from './readings.ts';
import { dashesOf, roleColour } from './roles.ts';
import { axisTitle, type Scale, scaleFor } from './scale.ts';

const HEIGHT = 250;
const TITLE_HEIGHT = 30;

export function lineChartPicture(chart: LineChart): Picture {
  const points = chart.series.flatMap((series) => series.points);
  const x = scaleFor(
    chart.x,
    points.map(([value]) => value),
    true,
  );
  const y = scaleFor(chart.y, [
    ...points.flatMap(([, value]) => (value === undefined ? [] : [value])),
    ...(chart.limit === undefined ? [] : [chart.limit.y]),
  ]);
  const legend = legendOf(
    chart.series.map(({ name }) => name),
    LINE_CHART_WIDTH,
  );
  const left = Math.max(...y.ticks.map(({ label }) => estimatedWidth(label)), 16) + 12;
  const top = legend.height + TITLE_HEIGHT;
  const height = HEIGHT + legend.height;
  const plot = { width: LINE_CHART_WIDTH - left - 30, height: height - top - 46 };
  return {
    width: LINE_CHART_WIDTH,
    height,
    readings: readingsOf(chart, x, { left, width: plot.width }),
    option: {
      ...STILL,
      grid: { left, top, ...plot, containLabel: false },
      legend: legend.rows,
      xAxis: { ...bottomAxis(x), name: shortened(axisTitle(chart.x), 80) },
      yAxis: { ...leftAxis(y, plot.width, left), name: shortened(axisTitle(chart.y), 80) },
      series: [
        ...chart.series.map((series, i) => line(series, i, x, y)),
        ...(chart.limit === undefined ? [] : limitLine(chart.limit, y)),
      ],
    },
  };
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

function bottomAxis(scale: Scale): XAXisComponentOption {
  const { places, ...axis } = labels(scale);
  return {
    ...axis,
    nameLocation: 'middle',
    nameGap: 30,
    axisLine: { show: true, onZero: false, lineStyle: { color: colour('muted') } },
    axisTick: { show: true, customValues: places, length: 4, lineStyle: { color: colour('muted') } },
  };
}

function leftAxis(scale: Scale, plotWidth: number, left: number): YAXisComponentOption {
  const { places, nameTextStyle, ...axis } = labels(scale);
  return {
    ...axis,
    nameLocation: 'end',
    nameGap: 12,
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

function line(series: Series, index: number, x: Scale, y: Scale): LineSeriesOption {
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
    lineStyle: { color: roleColour(series.role), width: 2, type: dashesOf(index), join: 'round' },
    itemStyle: { color: roleColour(series.role) },
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
          formatter: () => shortened(limit.name, 60),
          color: colour('text'),
          fontSize: FONT_SIZE,
        },
      },
    },
  ];
}
