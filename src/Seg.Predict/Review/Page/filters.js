'use strict';

/** The column of filters. Changes the query and tells so. */
class Filters {
  #query;
  #review;
  #changed;
  #items = [];
  #ranges = {};
  #counts = new Map();

  /**
   * @param query see newQuery
   * @param changed called after each change
   * @param thumbnailsChanged called after the look of the thumbnails has changed
   */
  constructor(root, review, query, changed, thumbnailsChanged) {
    this.#query = query;
    this.#review = review;
    this.#changed = changed;
    this.search = element('input', {
      type: 'search', placeholder: 'Search names (/)', 'aria-label': 'Search names', spellcheck: 'false',
      input: () => this.#set({ words: this.search.value }),
    });
    this.#ranges.confidence = new Range('Confidence', (range) => this.#set({ confidence: range }));
    this.#ranges.iou = new Range('IoU', (range) => this.#set({ iou: range }));
    this.#ranges.oks = new Range('OKS', (range) => this.#set({ oks: range }));
    this.#ranges.share = new Range('Share of the class', (range) => this.#set({ share: range }));
    this.reset = element('button', { type: 'button', class: 'quiet', click: () => this.clear() }, 'Reset filters');
    const parts = [
      this.search, this.#sorting(), this.#decision(), this.#ranges.confidence.root, this.#ranges.iou.root, this.#ranges.oks.root,
      this.#classes(), this.#ranges.share.root, this.#thumbnails(thumbnailsChanged), this.reset,
    ];
    root.append(...parts.filter((part) => part !== null));
    this.#ranges.share.root.hidden = true;
  }

  /** Draws what the items offer: their histograms and counts. */
  show(items, decisions) {
    this.#items = items;
    for (const name of ['confidence', 'iou', 'oks']) {
      this.#ranges[name].root.hidden = !items.some((item) => item[name] !== undefined);
      this.#ranges[name].draw(items.map((item) => item[name]));
    }
    this.#offerSortings();
    this.showDecisions(items, decisions);
  }

  showDecisions(items, decisions) {
    const counts = decisions.count(items);
    this.#counts.get('all').textContent = items.length;
    for (const [decision, count] of counts) this.#counts.get(decision ?? 'undecided').textContent = count;
  }

  clear() {
    Object.assign(this.#query, { ...newQuery(), sorting: this.#query.sorting, reversed: this.#query.reversed });
    if (sortings[this.#query.sorting].ofClass) this.#query.sorting = this.sorting.value = 'worst';
    this.search.value = '';
    this.decision.mark('all');
    if (this.class) this.class.value = '';
    this.#ranges.share.root.hidden = true;
    Object.values(this.#ranges).forEach((range) => range.reset());
    this.#offerSortings();
    this.#changed();
  }

  #set(change) {
    Object.assign(this.#query, change);
    this.#changed();
  }

  /** Only by what is known can be sorted. */
  #offerSortings() {
    for (const option of this.sorting.options) {
      const { value, ofClass } = sortings[option.value];
      option.hidden = (ofClass && this.#query.class === null) || (value !== null && !this.#items.some((item) => value(item, this.#query) !== undefined));
    }
  }

  #sorting() {
    this.sorting = element('select', { 'aria-label': 'Sort by', change: () => this.#set({ sorting: this.sorting.value, reversed: false }) },
      ...Object.entries(sortings).map(([name, { text }]) => element('option', { value: name }, text)));
    const turn = element('button', {
      type: 'button', class: 'icon', title: 'Turn the order round', 'aria-label': 'Turn the order round', click: () => this.#set({ reversed: !this.#query.reversed }),
    }, '⇅');
    return element('div', { class: 'field' }, element('span', {}, 'Sort'), element('div', { class: 'row' }, this.sorting, turn));
  }

  #decision() {
    const names = [['all', 'All'], ['undecided', 'Undecided'], ['accepted', 'Accepted'], ['rejected', 'Rejected'], ['flagged', 'Flagged']];
    this.decision = choiceOf('Decision', names, 'all', (decision) => this.#set({ decision }));
    this.decision.group.classList.add('stacked');
    for (const button of this.decision.buttons) {
      this.#counts.set(button.dataset.value, element('span', { class: 'number muted' }));
      button.append(this.#counts.get(button.dataset.value));
    }
    return element('div', { class: 'field' }, element('span', {}, 'Decision'), this.decision.group);
  }

  #classes() {
    if (!this.#review.classes) return null;
    this.class = element('select', { 'aria-label': 'Class', change: () => this.#chooseClass() },
      element('option', { value: '' }, 'any'),
      ...this.#review.classes.map(({ name }, id) => element('option', { value: id }, name)));
    return element('div', { class: 'field' }, element('span', {}, 'Contains class'), this.class);
  }

  #chooseClass() {
    const chosen = this.class.value === '' ? null : Number(this.class.value);
    this.#ranges.share.root.hidden = chosen === null;
    const change = { class: chosen, share: null };
    if (chosen === null && sortings[this.#query.sorting].ofClass) {
      change.sorting = 'worst';
      this.sorting.value = 'worst';
    }
    Object.assign(this.#query, change);
    this.#ranges.share.draw(this.#items.map((item) => item.byClass.get(chosen)?.share));
    this.#ranges.share.reset();
    this.#offerSortings();
    this.#changed();
  }

  #thumbnails(changed) {
    const choice = choiceOf('Thumbnails', [['overlay', 'Prediction'], ['image', 'Image']], settings.thumbnails, (value) => {
      settings.thumbnails = value;
      changed();
    });
    this.thumbnails = choice;
    const size = element('input', {
      type: 'range', min: 112, max: 384, step: 16, value: settings.cardWidth, 'aria-label': 'Size of the thumbnails',
      input: () => { settings.cardWidth = Number(size.value); changed(); },
    });
    return element('div', { class: 'field' }, element('span', {}, 'Thumbnails'), choice.group, size);
  }
}
