// What is used of Papa Parse. Its own types would bring those of Node along, which nothing inside k6 may see.
declare module 'papaparse/papaparse.min.js' {
  interface Parsed {
    readonly data: readonly Readonly<Record<string, string>>[];
    readonly errors: readonly {
      readonly type: 'Quotes' | 'Delimiter' | 'FieldMismatch';
      /** Counts from 0; of quotes with the first line and empty ones. */
      readonly row?: number;
    }[];
    /** Of columns that share a name, how they were renamed. */
    readonly meta: { readonly fields?: readonly string[]; readonly renamedHeaders?: object | null };
  }
  const papa: {
    readonly parse: (
      text: string,
      settings: { readonly header: true; readonly delimiter: string; readonly skipEmptyLines: 'greedy' },
    ) => Parsed;
  };
  export default papa;
}
