/** Standard output is for results, standard error for everything said on the way. */
export interface Terminal {
  readonly print: (text: string) => void;
  readonly say: (line: string) => void;
  readonly hasColour: boolean;
}
