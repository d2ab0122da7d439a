import type { CommentLinks } from '../report/comment.ts';

/** What a text depends on besides the model that it writes down. */
export interface FormatContext {
  /** Whether the terminal takes colours and the user wants them. */
  readonly hasColour: boolean;
  /** How wide the terminal is; absent where the text goes elsewhere. */
  readonly columns?: number;
  readonly links?: CommentLinks;
}

/** How the command line asks for a format, and what its help says of it. */
export interface FormatOption {
  readonly flags: string;
  readonly description: string;
}

interface Rendered<Model> {
  /** Imports its renderer when it is called: no start of the tool waits for a format that nobody asked for. */
  readonly render: (model: Model, context: FormatContext) => Promise<string>;
}

/** Printed on standard output. One format of a table has no option: it is printed unless another one is asked for. */
export interface PrintedFormat<Model> extends Rendered<Model> {
  readonly to: 'standard output';
  readonly option?: FormatOption;
}

/** Written into the file that its option names. */
export interface FileFormat<Model> extends Rendered<Model> {
  readonly to: 'named file';
  readonly option: FormatOption;
}

/** Handed to GitHub in a run of GitHub Actions: printed as workflow commands, or added to the page of the run. */
export interface GitHubFormat<Model> extends Rendered<Model> {
  readonly to: 'workflow commands' | 'step summary';
}

/** Kept in the folder in results/, always. */
export interface KeptFormat<Model> extends Rendered<Model> {
  readonly to: 'results folder';
  readonly file: string;
  /** What the list of a folder's files says of it. */
  readonly content: string;
}

export type Format<Model> = PrintedFormat<Model> | FileFormat<Model> | GitHubFormat<Model> | KeptFormat<Model>;

/** Every format of one model, by name. A new one is a renderer, and a row in this table. */
export type Formats<Model> = Readonly<Record<string, Format<Model>>>;

type NameOf<Table, Row> = Extract<
  { [Name in keyof Table]: Table[Name] extends Row ? Name : never }[keyof Table],
  string
>;

/** What the command line asked for, of a table of formats. */
export interface Outputs<Table> {
  /** Printed instead of the usual text. */
  readonly prints: Readonly<Partial<Record<NameOf<Table, { to: 'standard output'; option: FormatOption }>, boolean>>>;
  /** Files by the name of their format. */
  readonly files: Readonly<Partial<Record<NameOf<Table, { to: 'named file' }>, string>>>;
}
