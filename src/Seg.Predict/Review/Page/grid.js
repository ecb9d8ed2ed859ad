'use strict';

/**
 * A grid of thumbnails of which only those near the screen exist: a card that leaves on one side comes back on the other with another item. The whole is one
 * listbox, whose active item is named by aria-activedescendant.
 */
class Grid {
  static #gap = 10;
  static #captionHeight = 46;
  static #rowsBeyond = 2;

  #scroller;
  #spacer = element('div', { class: 'spacer' });
  #decisions;
  #open;
  #items = [];
  #cards = new Map();       // by the position of their item
  #spare = [];
  #columns = 1;
  #cardWidth = 200;
  #rowHeight = 200;
  #aspect = 4 / 3;
  #active = 0;
  #lastTop = 0;
  #settling = 0;

  /** @param open called with the position of an item */
  constructor(scroller, decisions, open) {
    this.#scroller = scroller;
    this.#decisions = decisions;
    this.#open = open;
    scroller.append(this.#spacer);
    scroller.addEventListener('scroll', onceAFrame(() => this.#fill()), { passive: true });
    scroller.addEventListener('click', (event) => this.#click(event));
    new ResizeObserver(onceAFrame(() => this.layOut())).observe(scroller);
  }

  get items() { return this.#items; }

  get active() { return this.#items[this.#active]; }

  get columns() { return this.#columns; }

  /** Shows these items, from the top unless the active one is to stay. */
  show(items, keepActive = false) {
    const kept = keepActive ? items.indexOf(this.active) : -1;
    this.#items = items;
    this.#active = Math.max(0, kept);
    this.layOut();
    if (!keepActive) this.#scroller.scrollTop = 0;
  }

  /** The shape of the thumbnails, width over height; those of another shape stand within. */
  setAspect(aspect) {
    this.#aspect = Math.min(2.4, Math.max(0.6, aspect));
  }

  /** Makes the item at a position the active one. */
  activate(position, { scroll = true } = {}) {
    this.#active = Math.min(this.#items.length - 1, Math.max(0, position));
    if (scroll) this.#scrollTo(this.#active);
    this.#fill();
  }

  move(by) {
    this.activate(this.#active + by);
  }

  /** Where the item stands; -1 where it is not shown. */
  positionOf(item) { return this.#items.indexOf(item); }

  /** Draws an item's card again, or all. */
  refresh(item = null) {
    for (const [position, card] of this.#cards) {
      if (item === null || card.item === item) this.#draw(card, position);
    }
  }

  /** Reckons rows and columns anew. */
  layOut() {
    const style = getComputedStyle(this.#scroller);
    const width = this.#scroller.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    if (width <= 0) return;
    const first = Math.floor(this.#scroller.scrollTop / this.#rowHeight) * this.#columns;
    // On a phone, where a usual card would fill the width, two stand beside each other.
    const wanted = Math.min(width, width < 480 ? 0.8 * settings.cardWidth : settings.cardWidth);
    this.#columns = Math.max(1, Math.floor((width + Grid.#gap) / (wanted + Grid.#gap)));
    this.#cardWidth = (width - (this.#columns - 1) * Grid.#gap) / this.#columns;
    this.#rowHeight = Math.round(this.#cardWidth / this.#aspect) + Grid.#captionHeight + Grid.#gap;
    this.#spacer.style.height = `${Math.ceil(this.#items.length / this.#columns) * this.#rowHeight}px`;
    this.#scroller.style.setProperty('--card-width', `${this.#cardWidth}px`);
    this.#scroller.style.setProperty('--thumb-height', `${Math.round(this.#cardWidth / this.#aspect)}px`);
    const row = Math.floor(first / this.#columns);
    if (Math.abs(row * this.#rowHeight - this.#scroller.scrollTop) > this.#rowHeight) this.#scroller.scrollTop = row * this.#rowHeight;
    for (const card of this.#cards.values()) this.#retire(card);
    this.#cards.clear();
    this.#fill();
  }

  #fill() {
    const top = this.#scroller.scrollTop, height = this.#scroller.clientHeight;
    // Thumbnails that only fly past are not loaded.
    const isFast = Math.abs(top - this.#lastTop) > 1.5 * height;
    this.#lastTop = top;
    const from = Math.max(0, Math.floor(top / this.#rowHeight) - Grid.#rowsBeyond) * this.#columns;
    const to = Math.min(this.#items.length, (Math.ceil((top + height) / this.#rowHeight) + Grid.#rowsBeyond) * this.#columns);
    for (const [position, card] of this.#cards) {
      if (position >= from && position < to && card.item === this.#items[position]) continue;
      this.#cards.delete(position);
      this.#retire(card);
    }
    for (let position = from; position < to; position++) {
      let card = this.#cards.get(position);
      if (card === undefined) {
        card = this.#spare.pop() ?? this.#newCard();
        card.item = this.#items[position];
        this.#cards.set(position, card);
        this.#draw(card, position);
      }
      if (!isFast) this.#load(card);
      this.#mark(card, position);
    }
    while (this.#spare.length > 0) this.#spare.pop().root.remove();
    this.#scroller.setAttribute('aria-activedescendant', this.#cards.has(this.#active) ? `card-${this.#active}` : '');
    clearTimeout(this.#settling);
    if (isFast) this.#settling = setTimeout(() => this.#fill(), 90);
  }

  #retire(card) {
    card.item = null;
    this.#spare.push(card);
  }

  #newCard() {
    const image = element('img', { alt: '', decoding: 'async', draggable: 'false' });
    image.addEventListener('load', () => { image.style.visibility = ''; });
    const parts = {
      item: null,
      image,
      frame: element('div', { class: 'frame' }, image),
      name: element('div', { class: 'name' }),
      facts: element('div', { class: 'facts number' }),
      mark: element('span', { class: 'mark' }),
    };
    parts.root = element('div', { class: 'card', role: 'option' },
      element('div', { class: 'thumb' }, parts.frame), element('div', { class: 'caption' }, parts.name, parts.facts), parts.mark);
    this.#spacer.append(parts.root);
    return parts;
  }

  #draw(card, position) {
    const { item, root } = card;
    const row = Math.floor(position / this.#columns), column = position % this.#columns;
    root.id = `card-${position}`;
    root.style.transform = `translate(${column * (this.#cardWidth + Grid.#gap)}px, ${row * this.#rowHeight}px)`;
    root.setAttribute('aria-posinset', position + 1);
    root.setAttribute('aria-setsize', this.#items.length);
    const decision = this.#decisions.of(item);
    root.dataset.decision = decision ?? '';
    root.title = item.name;
    card.name.textContent = item.name.slice(item.name.lastIndexOf('/') + 1);
    card.facts.replaceChildren(...factsOf(item).map(([label, value]) => element('span', {}, `${label} `, element('b', {}, value))));
    card.mark.textContent = { accepted: '✓', rejected: '✕', flagged: '⚑' }[decision] ?? '';
    root.setAttribute('aria-label', `${item.name}${decision ? `, ${decision}` : ''}${this.#decisions.noteOf(item) ? ', with a note' : ''}`);
    root.classList.toggle('noted', this.#decisions.noteOf(item) !== '');
    const aspect = item.width / item.height;
    card.frame.style.aspectRatio = String(aspect);
    card.frame.classList.toggle('tall', aspect < this.#aspect);
    card.image.classList.toggle('as-image', settings.thumbnails === 'image');
  }

  #load(card) {
    const path = pathOf.thumbnail(card.item);
    if (card.image.getAttribute('src') === path) return;
    card.image.style.visibility = 'hidden';      // not the picture of the item that the card had before
    card.image.src = path;
  }

  #mark(card, position) {
    const isActive = position === this.#active;
    card.root.classList.toggle('active', isActive);
    card.root.setAttribute('aria-selected', String(isActive));
  }

  #scrollTo(position) {
    const top = Math.floor(position / this.#columns) * this.#rowHeight, height = this.#scroller.clientHeight;
    if (top < this.#scroller.scrollTop) this.#scroller.scrollTop = top - Grid.#gap;
    else if (top + this.#rowHeight > this.#scroller.scrollTop + height) this.#scroller.scrollTop = top + this.#rowHeight - height + Grid.#gap;
  }

  #click(event) {
    const root = event.target.closest('.card');
    if (root === null) return;
    const position = Number(root.id.slice('card-'.length));
    this.activate(position, { scroll: false });
    this.#open(position);
  }
}

/** What a card says of its item: [label, value]. */
function factsOf(item) {
  const facts = [];
  if (item.iou !== undefined) facts.push(['IoU', percent(item.iou)]);
  if (item.oks !== undefined) facts.push(['OKS', percent(item.oks)]);
  if (item.truths !== undefined) facts.push(['found', `${foundOf(item).length}/${item.truths.length}`]);
  else if (item.persons !== undefined) facts.push([item.persons.length === 1 ? 'person' : 'persons', String(item.persons.length)]);
  if (item.confidence !== undefined) facts.push(['conf.', percent(item.confidence, item.truths === undefined ? 1 : 0)]);
  return facts;
}
