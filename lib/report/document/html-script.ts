/**
 * What the page can do where scripts may run: it sorts tables (up, down, and as the report has them), filters long ones,
 * opens what a link leads into, says what the values of charts are where a reader points, and marks the section that is
 * read. It reads texts and numbers from the page, and only
 * moves, hides and marks.
 */
export const SCRIPT = `'use strict';
(() => {
  const collator = new Intl.Collator('en', { numeric: true });
  const isNothing = (text) => /^[\\s\\u2012-\\u2015-]*$/.test(text);
  const NEXT = { none: 'ascending', ascending: 'descending', descending: 'none' };
  const make = (name, properties, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };

  // A row, with the note below it.
  const entriesOf = (table) => {
    const entries = [];
    for (const row of table.tBodies[0].rows) {
      if (row.classList.contains('note')) entries.at(-1)?.rows.push(row);
      else entries.push({ cells: row.cells, rows: [row] });
    }
    return entries;
  };

  const valueOf = ({ cells }, column, isNumeric) => {
    const cell = cells[column];
    if (isNumeric) return cell.hasAttribute('data-sort') ? Number(cell.getAttribute('data-sort')) : undefined;
    const text = cell.textContent.trim();
    return isNothing(text) ? undefined : text;
  };

  const sorted = (entries, column, order) => {
    if (order === 'none') return entries;
    const isNumeric = entries.some(({ cells }) => cells[column].hasAttribute('data-sort'));
    const sign = order === 'descending' ? -1 : 1;
    const keyed = entries.map((entry) => ({ entry, value: valueOf(entry, column, isNumeric) }));
    keyed.sort((a, b) => {
      if (a.value === undefined || b.value === undefined) return (a.value === undefined) - (b.value === undefined);
      return sign * (isNumeric ? a.value - b.value : collator.compare(a.value, b.value));
    });
    return keyed.map(({ entry }) => entry);
  };

  for (const table of document.querySelectorAll('table.sortable')) {
    const entries = entriesOf(table);
    const headers = [...table.tHead.rows[0].cells];
    headers.forEach((header, column) => {
      const button = make('button', { type: 'button' }, ...header.childNodes);
      header.append(button);
      header.setAttribute('aria-sort', 'none');
      button.addEventListener('click', () => {
        const order = NEXT[header.getAttribute('aria-sort')];
        for (const other of headers) other.setAttribute('aria-sort', 'none');
        header.setAttribute('aria-sort', order);
        table.tBodies[0].append(...sorted(entries, column, order).flatMap(({ rows }) => rows));
      });
    });
  }

  for (const table of document.querySelectorAll('table.filtered')) {
    const entries = entriesOf(table);
    const search = make('input', { type: 'search', placeholder: 'Filter rows' });
    search.setAttribute('aria-label', 'Filter the rows of ' + table.caption.textContent);
    const problems = make('input', { type: 'checkbox' });
    const said = make('span', {});
    said.setAttribute('aria-live', 'polite');
    const hasProblems = entries.some(({ rows }) => 'problem' in rows[0].dataset);
    const choice = hasProblems ? [make('label', {}, problems, ' problems only')] : [];
    const show = () => {
      const wanted = search.value.trim().toLowerCase();
      const isShown = ({ rows }) =>
        rows.some((row) => row.textContent.toLowerCase().includes(wanted)) &&
        (!problems.checked || 'problem' in rows[0].dataset);
      let shown = 0;
      for (const entry of entries) {
        const isHidden = !isShown(entry);
        for (const row of entry.rows) row.hidden = isHidden;
        if (!isHidden) shown += 1;
      }
      said.textContent = shown === entries.length ? '' : shown + ' of ' + entries.length + ' rows';
    };
    search.addEventListener('input', show);
    problems.addEventListener('change', show);
    table.parentElement.before(make('div', { className: 'filter' }, search, ...choice, said));
  }

  // A line across a chart, and what its values are there: by pointer and by arrow keys, on all charts of one time.
  const charts = [...document.querySelectorAll('.readings')].map((list) => {
    const svg = list.parentElement.querySelector('svg');
    const { width, height } = svg.viewBox.baseVal;
    const line = document.createElementNS(svg.namespaceURI, 'line');
    const [names, ...places] = list.children;
    const readings = places.map(({ dataset, firstChild, children }) => ({
      x: Number(dataset.x),
      left: Number(dataset.left),
      place: firstChild.data,
      values: [...children].map((value, i) => names.children[i].textContent + ' ' + value.textContent),
    }));
    // What a reader does not want to see is not said.
    const boxes = [...(list.closest('.choice')?.querySelectorAll('input') ?? [])];
    line.setAttribute('class', 'crosshair');
    line.setAttribute('y1', '0');
    line.setAttribute('y2', String(height));
    line.setAttribute('visibility', 'hidden');
    svg.append(line);
    const said = make('output', { className: 'reading' }, '\u00a0');
    list.closest('.scroll').after(said);
    let shown;
    const nearest = (key, value) =>
      readings.reduce((best, each) => (Math.abs(each[key] - value) < Math.abs(best[key] - value) ? each : best));
    const show = (reading) => {
      line.setAttribute('x1', String(reading.left));
      line.setAttribute('x2', String(reading.left));
      line.setAttribute('visibility', 'visible');
      shown = reading;
      const values = reading.values.filter((_, i) => boxes[i]?.checked ?? true);
      said.textContent = reading.place + (values.length > 0 ? ': ' : '') + values.join(', ');
    };
    for (const box of boxes) box.addEventListener('change', () => shown && show(shown));
    return { svg, width, readings, nearest, show, group: list.closest('.charts') ?? list };
  });
  for (const chart of charts) {
    const { svg, width, readings, nearest, group } = chart;
    let at = -1;
    const showAll = (reading) => {
      at = readings.indexOf(reading);
      chart.show(reading);
      for (const other of charts) if (other !== chart && other.group === group) other.show(other.nearest('x', reading.x));
    };
    svg.setAttribute('tabindex', '0');
    svg.addEventListener('pointermove', ({ clientX }) => {
      const box = svg.getBoundingClientRect();
      showAll(nearest('left', ((clientX - box.left) / box.width) * width));
    });
    svg.addEventListener('keydown', (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step === undefined) return;
      event.preventDefault();
      showAll(readings[Math.min(readings.length - 1, Math.max(0, at + step))]);
    });
  }

  const openTarget = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let at = target; at; at = at.parentElement) if (at.localName === 'details') at.open = true;
    if (target) target.scrollIntoView();
  };
  addEventListener('hashchange', openTarget);
  if (location.hash.length > 1) openTarget();
  addEventListener('beforeprint', () => {
    for (const each of document.querySelectorAll('details')) each.open = true;
  });

  const links = [...document.querySelectorAll('nav a')];
  const headings = [...document.querySelectorAll('h2[id]')];
  // The last section that has come up to a third of the screen. At the end of the page some cannot come so far: there it
  // is the one that was asked for.
  const sectionRead = () => {
    const topOf = (heading) => heading.getBoundingClientRect().top;
    const isAtEnd = scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
    const asked = isAtEnd ? headings.find(({ id }) => '#' + encodeURIComponent(id) === location.hash) : undefined;
    if (asked !== undefined && topOf(asked) >= 0 && topOf(asked) < innerHeight) return asked;
    return headings.filter((heading) => topOf(heading) < innerHeight / 3).at(-1);
  };
  const markSection = () => {
    const id = sectionRead()?.id;
    for (const link of links) {
      if (id !== undefined && link.hash === '#' + encodeURIComponent(id)) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
  };
  for (const event of ['scroll', 'resize', 'hashchange']) addEventListener(event, markSection, { passive: true });
  markSection();
})();
`;
