'use strict';

/** Puts the page together: list, filters, viewer, decisions. */
class Page {
  #isBehind = false;        // the list is the page before in the browser's history

  constructor(review) {
    this.review = review;
    this.items = segReview.items;
    this.query = newQuery();
    this.decisions = new Decisions(review);
    this.grid = new Grid(byId('grid'), this.decisions, () => this.open());
    this.filters = new Filters(byId('filters'), review, this.query, onceAFrame(() => this.showList()), () => {
      keptSettings.save();
      this.grid.layOut();
    });
    this.viewer = new Viewer(review, this.decisions, (item) => this.#moved(item));
    this.#head();
    this.#connect();
    this.keys = new Keys(this);
    this.showItems();
    if (!this.decisions.isKept) toast('This browser keeps nothing for pages on a disk: export your decisions before you close the page.', 8000);
  }

  /** Shows what there is, once it is there. */
  showItems() {
    rankByName(this.items);
    this.grid.setAspect(usualAspect(this.items));
    this.filters.show(this.items, this.decisions);
    this.showList();
  }

  /** Filters and sorts anew. */
  showList(keepActive = false) {
    this.grid.show(select(this.items, this.query, this.decisions), keepActive);
    byId('nothing').hidden = this.grid.items.length > 0;
    this.#tally();
  }

  open() {
    if (this.grid.active) this.viewer.open(this.grid.items, this.grid.positionOf(this.grid.active));
  }

  /** Of the item in the viewer, or of the active one of the list. */
  decide(decision) {
    if (this.viewer.isOpen) this.viewer.decide(decision);
    else if (this.grid.active) this.decisions.decide(this.grid.active, decision);
  }

  note() {
    if (!this.viewer.isOpen) this.open();
    if (this.viewer.isOpen) this.viewer.editNote();
  }

  undo() {
    const item = this.decisions.undo();
    if (item === undefined) return;
    toast(`Undone: ${item.name}`);
    const position = this.grid.positionOf(item);
    if (!this.viewer.isOpen && position >= 0) this.grid.activate(position);
  }

  transfer() {
    const counts = this.decisions.count(this.items);
    byId('transfer-state').textContent =
      `${decisionNames.map((name) => `${counts.get(name)} ${name}`).join(', ')}, ${counts.get(null)} undecided. `
      + (this.decisions.isKept ? 'This browser keeps them.' : 'This browser does not keep them: export them before you close the page.');
    byId('transfer-sheet').showModal();
  }

  turnTheme() {
    settings.theme = { auto: 'light', light: 'dark', dark: 'auto' }[settings.theme] ?? 'auto';
    keptSettings.save();
    applyTheme();
    this.#showTheme();
  }

  help() {
    byId('keys').replaceChildren(...this.keys.table());
    byId('help').showModal();
  }

  #head() {
    const { title, model } = this.review;
    document.title = `${title} – review`;
    byId('title').textContent = title;
    byId('model').textContent = model;
    byId('model').title = model;
    this.#showTheme();
  }

  #showTheme() {
    byId('theme').textContent = { auto: '◐', light: '○', dark: '●' }[settings.theme] ?? '◐';
    byId('theme').title = { auto: 'Theme: as the system (T)', light: 'Theme: light (T)', dark: 'Theme: dark (T)' }[settings.theme] ?? 'Theme (T)';
  }

  #tally() {
    const counts = this.decisions.count(this.items), all = this.items.length, shown = this.grid.items.length;
    const decided = all - counts.get(null);
    byId('tally').replaceChildren(
      shown === all ? `${all}` : `${shown} of ${all}`, element('span', { class: 'only-wide' }, ` ${all === 1 ? 'item' : 'items'} · ${decided} decided`));
    byId('progress').replaceChildren(...decisionNames.map((name) => {
      const part = element('i', { 'data-decision': name });
      part.style.width = `${100 * counts.get(name) / Math.max(1, all)}%`;
      return part;
    }));
    byId('undo').disabled = !this.decisions.canUndo;
  }

  #connect() {
    this.decisions.addEventListener('change', (event) => {
      this.grid.refresh(event.detail);
      this.viewer.refresh();
      this.filters.showDecisions(this.items, this.decisions);
      this.#tally();
    });
    byId('undo').addEventListener('click', () => this.undo());
    byId('theme').addEventListener('click', () => this.turnTheme());
    byId('show-help').addEventListener('click', () => this.help());
    byId('transfer').addEventListener('click', () => this.transfer());
    byId('reset-empty').addEventListener('click', () => this.filters.clear());
    byId('show-filters').addEventListener('click', () => this.#toggleFilters());
    this.#connectTransfer();
    addEventListener('hashchange', () => this.openNamed());
    matchMedia('(max-width: 720px)').addEventListener('change', () => this.grid.layOut());
  }

  #connectTransfer() {
    const name = `decisions-${this.review.title.replace(/[^\w-]+/g, '_').slice(0, 40) || 'review'}`;
    byId('export-json').addEventListener('click', () => download(`${name}.json`, 'application/json', decisionsAsJson(this.review, this.items, this.decisions)));
    byId('export-csv').addEventListener('click', () => download(`${name}.csv`, 'text/csv', decisionsAsCsv(this.items, this.decisions)));
    byId('import').addEventListener('click', () => byId('import-file').click());
    byId('import-file').addEventListener('change', () => this.#import());
  }

  async #import() {
    const [file] = byId('import-file').files;
    byId('import-file').value = '';
    if (file === undefined) return;
    try {
      const entries = parseDecisions(await file.text());
      const taken = this.decisions.import(entries, this.items);
      const unknown = entries.length - taken;
      toast(`${taken} decisions imported${unknown > 0 ? `; ${unknown} are about items that are not here` : ''}.`, 4000);
      this.showList(true);
      byId('transfer-sheet').close();
    } catch (error) {
      toast(`'${file.name}' cannot be imported: ${error.message}.`, 6000);
    }
  }

  #toggleFilters() {
    const isOpen = document.body.classList.toggle('filtering');
    byId('show-filters').setAttribute('aria-expanded', String(isOpen));
    byId('show-filters').textContent = isOpen ? 'Done' : 'Filter';
  }

  /** The address names the item in the viewer, so that it can be come back to, and the back button of a phone closes it. */
  #moved(item) {
    if (item !== null) {
      const hash = `#${item.key}`;
      if (location.hash === '') {
        location.hash = hash;
        this.#isBehind = true;
      } else if (location.hash !== hash) {
        location.replace(hash);
      }
      const position = this.grid.positionOf(item);
      if (position >= 0) this.grid.activate(position);
    } else {
      if (location.hash !== '' && this.#isBehind) history.back();
      else if (location.hash !== '') location.replace('#');
      this.#isBehind = false;
      this.showList(true);
      byId('grid').focus();
    }
  }

  /** Opens the item that the address names, or closes the viewer where it names none. */
  openNamed() {
    const key = location.hash.slice(1);
    if (key === '') {
      if (this.viewer.isOpen) this.viewer.close();
      return;
    }
    if (this.viewer.isOpen && this.viewer.item.key === key) return;
    const position = this.grid.items.findIndex((item) => item.key === key);
    if (position >= 0) this.viewer.open(this.grid.items, position);
  }
}

/** The shape that most thumbnails have, width over height. */
function usualAspect(items) {
  const shapes = items.map((item) => item.width / item.height).sort((a, b) => a - b);
  return shapes[Math.floor(shapes.length / 2)] ?? 4 / 3;
}

async function start() {
  if (segReview.review === null) {
    toast('The data of this review are missing: keep the folder "review" beside index.html.', 60000);
    return;
  }
  // The list shows as soon as its first part is there.
  const [first, ...others] = Array.from({ length: segReview.counts.scripts }, (_, number) => `review/data/items-${number}.js`);
  if (first !== undefined) await loadScript(first);
  const page = new Page(segReview.review);
  if (others.length > 0) {
    await new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)));
    await Promise.all(others.map(loadScript));
    page.showItems();
  }
  page.openNamed();
  document.body.dataset.ready = 'true';
}

start().catch((error) => toast(`The review cannot be shown: ${error.message}.`, 60000));
