/** `149/s`; `149 journeys/s`, of what must not be taken for requests. */
export function formatRate(perSecond: number, of?: string): string {
  return `${Number(perSecond.toPrecision(4))}${of === undefined ? '' : ` ${of}`}/s`;
}
