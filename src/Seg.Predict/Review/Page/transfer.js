'use strict';

/** Decisions as files: JSON, which seg data select reads, and CSV for spreadsheets. Both come back by import. */
const transferFormat = 'seg-review-decisions';

function decisionsAsJson(review, items, decisions) {
  return JSON.stringify({
    format: transferFormat,
    version: 1,
    review: review.id,
    title: review.title,
    model: review.model,
    exported: new Date().toISOString(),
    items: items.map((item) => ({
      name: item.name,
      source: item.source,
      decision: decisions.of(item),
      note: decisions.noteOf(item),
      stamp: item.stamp,
      confidence: item.confidence ?? null,
      iou: item.iou ?? null,
    })),
  }, null, 1);
}

const csvColumns = ['name', 'source', 'decision', 'note', 'stamp', 'confidence', 'iou'];

function decisionsAsCsv(items, decisions) {
  const lines = items.map((item) =>
    [item.name, item.source, decisions.of(item) ?? '', decisions.noteOf(item), item.stamp, item.confidence ?? '', item.iou ?? ''].map(csvCell).join(','));
  return `${csvColumns.join(',')}\r\n${lines.join('\r\n')}\r\n`;
}

/** A spreadsheet takes a cell that begins with one of these for a formula; an apostrophe before it makes it text. */
const formulaStart = /^[=+\-@\t\r']/;

function csvCell(value) {
  const text = typeof value === 'string' && formulaStart.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** [{ name, decision, note, stamp }] of an exported file. Throws an Error that says what is wrong with it. */
function parseDecisions(text) {
  const body = text.replace(/^\uFEFF/, '');
  const entries = body.trimStart().startsWith('{') ? entriesOfJson(body) : entriesOfCsv(body);
  return entries.map(({ name, decision, note, stamp }) => {
    if (typeof name !== 'string' || name === '') throw new Error('an entry has no name');
    if (decision && !decisionNames.includes(decision)) throw new Error(`'${decision}' is no decision; there are ${decisionNames.join(', ')}`);
    return { name, decision: decision || null, note: String(note ?? ''), stamp: stamp || undefined };
  });
}

function entriesOfJson(text) {
  let read;
  try {
    read = JSON.parse(text);
  } catch {
    throw new Error('it is no JSON');
  }
  if (read?.format !== transferFormat || !Array.isArray(read.items)) throw new Error('it holds no decisions of a review');
  return read.items;
}

function entriesOfCsv(text) {
  const [heading, ...rows] = csvRows(text);
  if (!heading?.includes('name') || !heading.includes('decision')) throw new Error("it is neither JSON nor CSV with the columns 'name' and 'decision'");
  const unguarded = (cell) => (cell.startsWith("'") && formulaStart.test(cell.slice(1)) ? cell.slice(1) : cell);
  return rows.map((row) => Object.fromEntries(heading.map((column, index) => [column, unguarded(row[index] ?? '')])));
}

/** Rows of cells, by RFC 4180: quotes around cells with commas or line ends, doubled inside. */
function csvRows(text) {
  const rows = [];
  let row = [], cell = '', quoted = false;
  const endCell = () => { row.push(cell); cell = ''; };
  const endRow = () => { endCell(); if (row.length > 1 || row[0] !== '') rows.push(row); row = []; };
  for (let i = 0; i < text.length; i++) {
    const letter = text[i];
    if (quoted) {
      if (letter !== '"') cell += letter;
      else if (text[i + 1] === '"') { cell += '"'; i++; }
      else quoted = false;
    } else if (letter === '"') quoted = true;
    else if (letter === ',') endCell();
    else if (letter === '\n') endRow();
    else if (letter !== '\r') cell += letter;
  }
  endRow();
  return rows;
}

/** Hands a text to the person as a file. */
function download(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = element('a', { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
