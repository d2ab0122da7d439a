/**
 * Makes tables sortable where scripts may run: up, down, and as the report has it. It reads texts and numbers from
 * the page and only ever moves rows.
 */
export const SCRIPT = `'use strict';
(() => {
  const collator = new Intl.Collator('en', { numeric: true });
  const isNothing = (text) => /^[\\s\\u2012-\\u2015-]*$/.test(text);
  const NEXT = { none: 'ascending', ascending: 'descending', descending: 'none' };

  const valueOf = (row, column, isNumeric) => {
    const cell = row.cells[column];
    if (isNumeric) return cell.hasAttribute('data-sort') ? Number(cell.getAttribute('data-sort')) : undefined;
    const text = cell.textContent.trim();
    return isNothing(text) ? undefined : text;
  };

  const sorted = (rows, column, order) => {
    if (order === 'none') return rows;
    const isNumeric = rows.some((row) => row.cells[column].hasAttribute('data-sort'));
    const sign = order === 'descending' ? -1 : 1;
    const keyed = rows.map((row) => ({ row, value: valueOf(row, column, isNumeric) }));
    keyed.sort((a, b) => {
      if (a.value === undefined || b.value === undefined) return (a.value === undefined) - (b.value === undefined);
      return sign * (isNumeric ? a.value - b.value : collator.compare(a.value, b.value));
    });
    return keyed.map(({ row }) => row);
  };

  for (const table of document.querySelectorAll('table.sortable')) {
    const body = table.tBodies[0];
    const rows = [...body.rows];
    const headers = [...table.tHead.rows[0].cells];
    headers.forEach((header, column) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.append(...header.childNodes);
      header.append(button);
      header.setAttribute('aria-sort', 'none');
      button.addEventListener('click', () => {
        const order = NEXT[header.getAttribute('aria-sort')];
        for (const other of headers) other.setAttribute('aria-sort', 'none');
        header.setAttribute('aria-sort', order);
        body.append(...sorted(rows, column, order));
      });
    });
  }
})();
`;
