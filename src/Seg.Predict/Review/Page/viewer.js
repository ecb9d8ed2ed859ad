'use strict';

/** One item, large: panes, legend, decision. Goes through the items in the order that the list had when it was opened, whatever decisions change in that. */
class Viewer {
  #review;
  #decisions;
  #layers = new Layers();
  #view = new View();
  #hidden = new Set();
  #panes;
  #legend;
  #paneNames;
  #items = [];
  #position = 0;
  #current = null;          // the decoded layers of the item
  #moved;
  #dialog = byId('viewer');

  /** @param moved called with the item that is shown, and with null when the viewer has closed */
  constructor(review, decisions, moved) {
    [this.#review, this.#decisions, this.#moved] = [review, decisions, moved];
    this.#panes = new Panes(byId('panes'), review, this.#view, this.#hidden, (point, text) => this.#readOut(point, text), (by) => this.move(by));
    this.#legend = new Legend(byId('legend'), review, this.#hidden, () => this.#classesChanged());
    this.kinds = paneKinds.filter((kind) => kind.needs(review));
    this.#paneNames = this.#firstPanes();
    this.#makePaneChoice();
    this.#connect();
    this.#panes.applyOpacity();
  }

  get isOpen() { return this.#dialog.open; }

  get item() { return this.#items[this.#position]; }

  open(items, position) {
    this.#items = items;
    this.#position = position;
    if (!this.isOpen) this.#dialog.showModal();
    this.#panes.choose(this.#paneNames);
    this.#show();
  }

  close() {
    this.#dialog.close();
  }

  move(by) {
    const position = Math.min(this.#items.length - 1, Math.max(0, this.#position + by));
    if (position === this.#position) {
      toast(by > 0 ? 'This is the last item.' : 'This is the first item.');
      return;
    }
    this.#note();
    this.#position = position;
    this.#show();
  }

  decide(decision) {
    const isTakenBack = this.#decisions.of(this.item) === decision;
    this.#decisions.decide(this.item, decision);
    if (settings.advance && !isTakenBack && this.#position < this.#items.length - 1) this.move(1);
  }

  /** Shows or hides the pane at a place of the choice. */
  togglePane(index) {
    const kind = this.kinds[index];
    if (kind === undefined) return;
    const chosen = new Set(this.#paneNames);
    if (!chosen.delete(kind.name)) chosen.add(kind.name);
    if (chosen.size === 0) return;
    this.#paneNames = this.kinds.map(({ name }) => name).filter((name) => chosen.has(name));
    settings.panes = this.#paneNames;
    keptSettings.save();
    this.#markPanes();
    this.#panes.choose(this.#paneNames);
  }

  changeOpacity(by) {
    this.#setOpacity(Math.min(100, Math.max(0, settings[opacityOf(this.#review)] + by)));
  }

  toggleOutlines() {
    settings.outlines = !settings.outlines;
    keptSettings.save();
    this.#panes.repaint();
  }

  zoom(factor) { this.#view.zoomBy(factor); }

  fit() { this.#view.toggle(); }

  pan(dx, dy) { this.#view.panBy(dx, dy); }

  showAllClasses() { this.#legend.showAll(); }

  editNote() {
    byId('note').focus();
    byId('note').select();
  }

  /** After the decision about an item has changed. */
  refresh() {
    if (!this.isOpen) return;
    const decision = this.#decisions.of(this.item);
    this.#dialog.dataset.decision = decision ?? '';
    for (const button of this.#dialog.querySelectorAll('[data-decision]')) button.setAttribute('aria-pressed', String(button.dataset.decision === decision));
    if (document.activeElement !== byId('note')) byId('note').value = this.#decisions.noteOf(this.item);
  }

  async #show() {
    const { item } = this;
    this.#current = null;
    byId('name').textContent = item.name;
    byId('name').title = item.name;
    byId('position').textContent = `${this.#position + 1} / ${this.#items.length}`;
    byId('previous').disabled = this.#position === 0;
    byId('next').disabled = this.#position === this.#items.length - 1;
    byId('note').value = this.#decisions.noteOf(item);
    this.refresh();
    this.#panes.show(item);
    this.#legend.show(item);
    this.#showFacts(item);
    this.#readOut(null, null);
    this.#moved(item);
    try {
      const layers = await this.#layers.get(item);
      if (item !== this.item) return;              // gone on meanwhile
      this.#current = layers;
      this.#panes.paint(layers);
      this.#dialog.dataset.shown = item.key;       // everything of this item is on the screen
      this.#prefetch();
    } catch (error) {
      if (item === this.item) toast(`The layers of this item are missing: ${error.message}`);
    }
  }

  #prefetch() {
    for (const neighbour of [this.#items[this.#position + 1], this.#items[this.#position - 1]]) {
      if (neighbour === undefined) continue;
      this.#layers.get(neighbour).catch(() => {});
      new Image().src = pathOf.picture(neighbour);
    }
  }

  #firstPanes() {
    const known = (names) => names.filter((name) => this.kinds.some((kind) => kind.name === name));
    const kept = known(settings.panes ?? []);
    if (kept.length > 0) return kept;
    const isNarrow = matchMedia('(max-width: 720px)').matches, hasTruth = this.kinds.some((kind) => kind.name === 'errors');
    if (!this.#review.classes) return known(isNarrow || !hasTruth ? ['overlay'] : ['image', 'overlay', 'truth', 'errors']);
    const second = hasTruth ? 'errors' : 'confidence';
    return known(isNarrow ? ['overlay', second] : ['image', 'overlay', second, ...(second === 'errors' ? ['truth'] : ['mask'])])
      .sort((a, b) => this.kinds.findIndex((kind) => kind.name === a) - this.kinds.findIndex((kind) => kind.name === b));
  }

  #makePaneChoice() {
    byId('pane-choice').append(...this.kinds.map((kind, index) => element('button', {
      type: 'button', 'data-pane': kind.name, title: `${kind.text} (${index + 1})`, click: () => this.togglePane(index),
    }, kind.text)));
    this.#markPanes();
  }

  #markPanes() {
    for (const button of byId('pane-choice').children) button.setAttribute('aria-pressed', String(this.#paneNames.includes(button.dataset.pane)));
  }

  #connect() {
    byId('close').addEventListener('click', () => this.close());
    byId('previous').addEventListener('click', () => this.move(-1));
    byId('next').addEventListener('click', () => this.move(1));
    byId('zoom-in').addEventListener('click', () => this.zoom(1.5));
    byId('zoom-out').addEventListener('click', () => this.zoom(1 / 1.5));
    byId('zoom-fit').addEventListener('click', () => this.fit());
    for (const button of this.#dialog.querySelectorAll('[data-decision]')) button.addEventListener('click', () => this.decide(button.dataset.decision));
    byId('note').addEventListener('change', () => this.#note());
    byId('opacity').value = settings[opacityOf(this.#review)];
    byId('opacity').addEventListener('input', () => this.#setOpacity(Number(byId('opacity').value)));
    byId('advance').checked = settings.advance;
    byId('advance').addEventListener('change', () => { settings.advance = byId('advance').checked; keptSettings.save(); });
    this.#view.addEventListener('change', () => { byId('zoom-fit').textContent = `${Math.round(100 * this.#view.scale)} %`; });
    this.#dialog.addEventListener('close', () => { this.#note(); this.#moved(null); });
  }

  #note() {
    this.#decisions.note(this.item, byId('note').value.trim());
  }

  #setOpacity(value) {
    settings[opacityOf(this.#review)] = value;
    byId('opacity').value = value;
    keptSettings.save();
    this.#panes.applyOpacity();
  }

  #classesChanged() {
    this.#legend.show(this.item);
    this.#panes.repaint();
  }

  #showFacts(item) {
    const facts = [];
    if (item.iou !== undefined) facts.push(['Mean IoU', percent(item.iou)]);
    if (item.accuracy !== undefined) facts.push(['Right pixels', percent(item.accuracy)]);
    if (item.oks !== undefined) facts.push(['Mean OKS', percent(item.oks)]);
    if (item.truths !== undefined) {
      facts.push(['Found', `${foundOf(item).length} of ${item.truths.length}`], ['Not there', String(strangersOf(item).length)]);
    } else if (item.persons !== undefined) {
      facts.push(['Persons', String(item.persons.length)]);
    }
    if (item.confidence !== undefined) facts.push(['Confidence', percent(item.confidence)]);
    facts.push(['Size', `${item.width} × ${item.height}`]);
    byId('scores').replaceChildren(...facts.map(([label, value]) => element('div', {}, element('dt', {}, label), element('dd', { class: 'number' }, value))));
    byId('people').replaceChildren(...this.#peopleOf(item));
    byId('details').replaceChildren(
      element('p', { class: 'source', title: item.source }, item.source),
      ...(item.files ?? []).map((file) => element('a', { href: pathOf.file(file), target: '_blank', rel: 'noopener' }, file.slice(file.lastIndexOf('/') + 1))));
  }

  /** A line for each true person, the worst first, which brings it into the panes. */
  #peopleOf(item) {
    const rows = (item.truths ?? []).map((person, number) => {
      const measure = element('i', { class: 'measure' });
      measure.style.setProperty('--part', person.oks);
      return { oks: person.oks, row: element('li', {}, element('button', {
        type: 'button', class: 'quiet', title: 'Show this person', click: () => this.#view.showBox(person.box),
      }, element('span', { class: 'name' }, `true person ${number + 1}`),
      element('span', { class: 'number' }, person.found === undefined ? 'not found' : `OKS ${percent(person.oks)}`), measure)) };
    });
    return rows.sort((a, b) => a.oks - b.oks).map(({ row }) => row);
  }

  /** Says what lies under the pointer. */
  #readOut(point, keypoint) {
    const parts = [];
    if (point !== null) {
      const { item } = this, x = Math.floor(point[0]), y = Math.floor(point[1]);
      if (x >= 0 && y >= 0 && x < item.width && y < item.height) {
        parts.push(`x ${x}  y ${y}`);
        if (this.#current !== null) parts.push(...this.#valuesAt(item, (x + 0.5) / item.width, (y + 0.5) / item.height));
      }
      if (keypoint !== null) parts.push(keypoint);
    }
    byId('readout').textContent = parts.join('   ');
  }

  #valuesAt(item, u, v) {
    const at = (map) => map.values[Math.floor(v * map.height) * map.width + Math.floor(u * map.width)];
    const nameOf = (id) => this.#review.classes[id]?.name ?? 'none';
    const { ids, truth, confidence } = this.#current, parts = [];
    if (ids !== undefined) parts.push(nameOf(at(ids)));
    if (confidence !== undefined) parts.push(percent(at(confidence) / 255, 0));
    if (truth !== undefined) parts.push(at(truth) === item.ignoreIndex ? 'no truth here' : `truth: ${nameOf(at(truth))}`);
    return parts;
  }
}
