'use strict';

/** Keys, with what they do in the list and in the viewer: the help sheet shows this table. */
class Keys {
  #groups;

  /** @param page { grid, viewer, filters, decide, note, undo, transfer, turnTheme, help } */
  constructor(page) {
    const { grid, viewer } = page;
    const inViewer = (work) => () => viewer.isOpen && (work(), true);
    const inList = (work) => () => !viewer.isOpen && (work(), true);
    this.#groups = [
      ['Everywhere', [
        [['a'], 'Accept', () => page.decide('accepted')],
        [['r'], 'Reject', () => page.decide('rejected')],
        [['f'], 'Flag', () => page.decide('flagged')],
        [['n'], 'Write a note', () => page.note()],
        [['Ctrl+z', 'Meta+z'], 'Undo the last decision', () => page.undo()],
        [['e'], 'Export or import decisions', () => page.transfer()],
        [['t'], 'Light, dark, or as the system', () => page.turnTheme()],
        [['?'], 'This help', () => page.help()],
      ]],
      ['List', [
        [['ArrowRight', 'ArrowLeft'], 'Next, previous', inList(() => {}), { ArrowRight: () => grid.move(1), ArrowLeft: () => grid.move(-1) }],
        [['ArrowDown', 'ArrowUp'], 'A row down, up', inList(() => {}), { ArrowDown: () => grid.move(grid.columns), ArrowUp: () => grid.move(-grid.columns) }],
        [['Home', 'End'], 'First, last', inList(() => {}), { Home: () => grid.activate(0), End: () => grid.activate(Infinity) }],
        [['Enter', ' '], 'Open', inList(() => page.open())],
        [['/'], 'Search', inList(() => page.filters.search.focus())],
      ]],
      ['Viewer', [
        [['ArrowRight', 'j'], 'Next', inViewer(() => viewer.move(1))],
        [['ArrowLeft', 'k'], 'Previous', inViewer(() => viewer.move(-1))],
        [['+', '='], 'Larger', inViewer(() => viewer.zoom(1.3))],
        [['-'], 'Smaller', inViewer(() => viewer.zoom(1 / 1.3))],
        [['0'], 'Fit, or one to one', inViewer(() => viewer.fit())],
        [['Shift+ArrowLeft', 'Shift+ArrowRight', 'Shift+ArrowUp', 'Shift+ArrowDown'], 'Move the image', inViewer(() => {}), {
          'Shift+ArrowLeft': () => viewer.pan(80, 0), 'Shift+ArrowRight': () => viewer.pan(-80, 0),
          'Shift+ArrowUp': () => viewer.pan(0, 80), 'Shift+ArrowDown': () => viewer.pan(0, -80),
        }],
        [viewer.kinds.map((_, index) => String(index + 1)), 'Panes on and off', inViewer(() => {}),
          Object.fromEntries(viewer.kinds.map((_, index) => [String(index + 1), () => viewer.togglePane(index)]))],
        [['[', ']'], 'Less, more opacity', inViewer(() => {}), { '[': () => viewer.changeOpacity(-10), ']': () => viewer.changeOpacity(10) }],
        [['b'], 'Borders between classes', inViewer(() => viewer.toggleOutlines())],
        [['c'], 'Show all classes', inViewer(() => viewer.showAllClasses())],
        [['Escape'], 'Back to the list', () => false],       // which the dialog does by itself
      ]],
    ];
    addEventListener('keydown', (event) => this.#press(event));
  }

  /** The table for people. */
  table() {
    return this.#groups.map(([title, lines]) => element('section', {}, element('h3', {}, title), element('dl', {},
      ...lines.map(([keys, text]) => element('div', {}, element('dt', {}, ...keysOf(keys)), element('dd', {}, text))))));
  }

  #press(event) {
    if (event.defaultPrevented || byId('help').open || byId('transfer-sheet').open) return;
    if (event.target.matches('input:not([type=checkbox]), textarea, select')) {
      if (event.key === 'Escape') { event.target.blur(); event.preventDefault(); }
      return;
    }
    const isSymbol = event.key.length === 1 && !/[a-z]/i.test(event.key);
    const name = [event.ctrlKey ? 'Ctrl+' : '', event.metaKey ? 'Meta+' : '', event.altKey ? 'Alt+' : '', event.shiftKey && !isSymbol ? 'Shift+' : '',
      event.key.length === 1 ? event.key.toLowerCase() : event.key].join('');
    // On a button these press it.
    if ((name === 'Enter' || name === ' ') && event.target.matches('button, a, input')) return;
    for (const [, lines] of this.#groups) {
      for (const [keys, , work, works] of lines) {
        if (!keys.includes(name) || work() === false) continue;
        works?.[name]?.();
        event.preventDefault();
        return;
      }
    }
  }
}

const keyNames = { ArrowRight: '→', ArrowLeft: '←', ArrowUp: '↑', ArrowDown: '↓', Escape: 'Esc', ' ': 'Space' };

function nameOfKey(key) {
  return keyNames[key] ?? (key.length === 1 ? key.toUpperCase() : key);
}

function keysOf(keys) {
  if (keys.length > 1 && /^\d$/.test(keys[0])) return [element('kbd', {}, `${keys[0]} … ${keys.at(-1)}`)];
  if (keys[0].startsWith('Shift+Arrow')) return [element('kbd', {}, 'Shift ← → ↑ ↓')];
  const shown = keys.filter((key) => !key.startsWith('Meta+') && key !== '=');
  return shown.flatMap((key, index) => [index > 0 ? ' ' : '', element('kbd', {}, key.split(/(?<=.)\+/).map(nameOfKey).join(' '))]);
}
