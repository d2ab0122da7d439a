import { init } from 'echarts';
import { toHtml } from 'hast-util-to-html';
import type { Chart } from '../../core/spec/document/chart.ts';
import { chartPicture } from './chart-picture.ts';
import { cleanSvg, type SvgNode } from './clean-svg.ts';
import { WIDTH } from './picture.ts';

/** The painter behind `renderToSVGString`, asked for the tree and not for the text of it. */
interface SvgPainter {
  renderToVNode(options: {
    readonly animation: boolean;
    readonly emphasis: boolean;
    readonly compress: boolean;
  }): SvgNode;
}

/** The chart as `<svg>`, for inside an HTML page. */
export function drawChart(chart: Chart): string {
  const { option, height } = chartPicture(chart);
  const size = { width: WIDTH, height };
  const drawing = init(null, null, { renderer: 'svg', ssr: true, ...size });
  try {
    drawing.setOption(option);
    const painter = drawing.getZr().painter as unknown as SvgPainter;
    const drawn = painter.renderToVNode({ animation: false, emphasis: false, compress: true });
    return toHtml(cleanSvg(drawn, size, chart.description), { space: 'svg' });
  } finally {
    // Else its clock would keep the process from ending.
    drawing.dispose();
  }
}
