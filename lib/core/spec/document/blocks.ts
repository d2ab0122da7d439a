import type { Chart, LineChart } from './chart.ts';

/**
 * A report as a document: what is said, in which order, with every number already a text. It is made once from the
 * report's model; a renderer per format only writes it down, and escapes every text, since any of them can hold
 * something that came from outside.
 */
export interface Document {
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** How a value reads: `good` and `bad` are judged, `caution` wants a second look, `plain` is only told. */
export type Tone = 'good' | 'bad' | 'caution' | 'plain';

export type Inline =
  | string
  | { readonly code: string }
  | { readonly strong: string }
  /** A word that is judged, such as how severe something is. */
  | { readonly judged: string; readonly tone: Tone }
  | { readonly link: string; readonly text: string };

export type Text = string | readonly Inline[];

export interface Column {
  readonly title: string;
  /** Numbers stand on the right. @default 'left' */
  readonly align?: 'left' | 'right';
}

export interface Cell {
  readonly text: Text;
  /** What a sorted table orders by, where the text would not do; absent for a value that is missing. */
  readonly sort?: number;
  readonly tone?: Tone;
  /** How much of a limit is used (0-1, or more): drawn as a small bar where a format can draw. */
  readonly used?: number;
}

export type Block =
  | { readonly kind: 'heading'; readonly level: 2 | 3 | 4; readonly text: string }
  /** An aside is told, and asks for nothing: formats that can say it quietly do. */
  | { readonly kind: 'paragraph'; readonly text: Text; readonly isAside?: true }
  /** The one sentence to act on. */
  | { readonly kind: 'verdict'; readonly tone: Tone; readonly text: string }
  | { readonly kind: 'list'; readonly isOrdered?: boolean; readonly items: readonly Text[] }
  | { readonly kind: 'facts'; readonly facts: readonly Fact[] }
  /** The figures that are looked for first, each with its limit. */
  | { readonly kind: 'tiles'; readonly tiles: readonly Tile[] }
  | Details
  | Table
  | { readonly kind: 'bars'; readonly title: string; readonly bars: readonly Bar[] }
  /** Formats without pictures leave it out: what it shows is in a table as well. */
  | { readonly kind: 'chart'; readonly chart: Chart }
  | Choice
  | { readonly kind: 'code'; readonly language: string; readonly text: string };

export interface Fact {
  readonly name: string;
  readonly text: Text;
}

/** What is there for those who ask: folded where a format can fold. */
export interface Details {
  readonly kind: 'details';
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** Charts of the same lines, by their names and in their order, of which a reader chooses. Left out as charts are. */
export interface Choice {
  readonly kind: 'choice';
  /** What is chosen, such as `Endpoints shown`. */
  readonly title: string;
  /** Each says how many of the lines are drawn at first. */
  readonly charts: readonly LineChart[];
}

/** One figure, large. */
export interface Tile {
  readonly name: string;
  readonly value: string;
  /** What it is held against, such as `limit < 500 ms`. */
  readonly limit?: string;
  readonly tone: Tone;
}

export interface Table {
  readonly kind: 'table';
  /** Says what the table holds to those who cannot see where it stands. */
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** What there is to say of a row besides, in the order of the rows; absent where there is nothing for any. */
  readonly notes?: readonly (RowNote | undefined)[];
}

export interface RowNote {
  /** A sentence of its own, below the row. */
  readonly text?: Text;
  /** What links lead to the row by: `#anchor`. */
  readonly anchor?: string;
}

/** A share of the whole as a bar. */
export interface Bar {
  readonly label: string;
  /** 0-1. */
  readonly share: number;
  /** What stands beside the bar, such as `59 %`. */
  readonly text: string;
  readonly tone: Tone;
}
