/** The same error with another message, so that k6 tells its place in the script. What is no error becomes one. */
export function reworded(error: unknown, reword: (message: string) => string): Error {
  if (!(error instanceof Error)) return new Error(reword(String(error)));
  error.message = reword(error.message);
  return error;
}
