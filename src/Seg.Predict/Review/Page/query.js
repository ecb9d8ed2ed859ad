'use strict';

/** Numbers the items in the order of their names, 2 before 10: comparing numbers is much faster. */
function rankByName(items) {
  const collator = new Intl.Collator('en', { numeric: true });
  [...items].sort((a, b) => collator.compare(a.name, b.name)).forEach((item, rank) => { item.rank = rank; });
}

/** What items can be sorted by: the name for people, the value of an item (undefined: comes last), and whether small values come first. */
const sortings = {
  worst: { text: 'Worst first', value: (item) => item.iou ?? item.oks ?? item.confidence, ascending: true },
  name: { text: 'Name', value: null, ascending: true },
  confidence: { text: 'Confidence', value: (item) => item.confidence, ascending: true },
  oks: { text: 'OKS', value: (item) => item.oks, ascending: true },
  iou: { text: 'IoU', value: (item) => item.iou, ascending: true },
  share: { text: 'Share of the class', value: (item, query) => item.byClass.get(query.class)?.share ?? 0, ascending: false, ofClass: true },
  classIou: { text: 'IoU of the class', value: (item, query) => item.byClass.get(query.class)?.iou, ascending: true, ofClass: true },
  classConfidence: { text: 'Confidence of the class', value: (item, query) => item.byClass.get(query.class)?.confidence, ascending: true, ofClass: true },
  missed: { text: 'Persons not found', value: (item) => item.truths && item.truths.length - foundOf(item).length, ascending: false },
  strangers: { text: 'Persons who are not there', value: (item) => item.truths && strangersOf(item).length, ascending: false },
  persons: { text: 'Persons', value: (item) => item.persons?.length, ascending: false },
};

/** What is shown, and in which order. Ranges are [from, to], 0–1; null: everything, also what is not known. */
function newQuery() {
  return { words: '', decision: 'all', class: null, share: null, confidence: null, iou: null, oks: null, sorting: 'worst', reversed: false };
}

/** The items that a query asks for, in its order; equal ones by name. */
function select(items, query, decisions) {
  const words = query.words.toLowerCase().split(/\s+/).filter((word) => word !== '');
  const found = items.filter((item) =>
    words.every((word) => item.words.includes(word))
    && (query.decision === 'all' || (decisions.of(item) ?? 'undecided') === query.decision)
    && (query.class === null || item.byClass.has(query.class))
    && isWithin(query.class === null ? undefined : item.byClass.get(query.class)?.share, query.class === null ? null : query.share)
    && isWithin(item.confidence, query.confidence)
    && isWithin(item.iou, query.iou)
    && isWithin(item.oks, query.oks));
  return sorted(found, query);
}

function isWithin(value, range) {
  return range === null || (value !== undefined && value !== null && value >= range[0] && value <= range[1]);
}

function sorted(items, query) {
  const { value, ascending } = sortings[query.sorting];
  const sign = ascending !== query.reversed ? 1 : -1;
  if (value === null) return items.sort((a, b) => sign * (a.rank - b.rank));
  const values = new Map(items.map((item) => [item, value(item, query) ?? undefined]));
  return items.sort((a, b) => {
    const [first, second] = [values.get(a), values.get(b)];
    if (first === second) return a.rank - b.rank;
    if (first === undefined) return 1;
    if (second === undefined) return -1;
    return sign * (first - second);
  });
}
