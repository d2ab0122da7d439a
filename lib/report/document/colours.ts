/** Every colour of a report. Text and tones keep a contrast of 4.5 on the page and on the surface, in both schemes. */
const COLOURS = {
  page: ['#ffffff', '#0d1117'],
  surface: ['#f6f8fa', '#161b22'],
  text: ['#1f2328', '#e6edf3'],
  muted: ['#57606a', '#9da7b3'],
  border: ['#d0d7de', '#30363d'],
  accent: ['#0a5dc2', '#58a6ff'],
  good: ['#17733a', '#4ac26b'],
  bad: ['#c21c2c', '#ff7b72'],
  caution: ['#8a5a00', '#d9a62e'],
  'good-surface': ['#e6f6ea', '#12261a'],
  'bad-surface': ['#fdecec', '#2d1618'],
  'caution-surface': ['#fff5d9', '#2a210f'],
  /** Lines and bars of charts, and what is written on them. */
  'chart-good': ['#1f883d', '#3fb950'],
  'chart-bad': ['#cf222e', '#f85149'],
  'chart-caution': ['#9a6700', '#d29922'],
  'chart-neutral': ['#6e7781', '#8b949e'],
  'chart-1': ['#0969da', '#58a6ff'],
  'chart-2': ['#8250df', '#bc8cff'],
  'chart-3': ['#bc4c00', '#f0883e'],
  'chart-4': ['#137c8b', '#39c5cf'],
  'chart-grid': ['#e3e7ec', '#262c34'],
  'chart-on': ['#ffffff', '#0d1117'],
} as const;

export type ColourName = keyof typeof COLOURS;

/** A colour of a picture: the scheme's where there is a style sheet, else the light one. */
export function colour(name: ColourName): string {
  return `var(--${name}, ${COLOURS[name][0]})`;
}

/** The colours of a scheme as custom properties of CSS. */
export function colourProperties(scheme: 'light' | 'dark'): string {
  return Object.entries(COLOURS)
    .map(([name, [light, dark]]) => `--${name}: ${scheme === 'light' ? light : dark};`)
    .join(' ');
}
