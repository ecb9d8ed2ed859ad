'use strict';

/** A range of 0–100 % to filter by, over a histogram of what there is. */
class Range {
  static #bins = 25;
  #bars;
  #inputs;
  #label;

  /** @param change called with [from, to], each 0–1, or null where nothing is left out */
  constructor(text, change) {
    this.#bars = Array.from({ length: Range.#bins }, () => element('i'));
    this.#inputs = ['From', 'To'].map((end, index) => element('input', {
      type: 'range', min: 0, max: 100, step: 1, value: index * 100, 'aria-label': `${text}, ${end.toLowerCase()} (percent)`,
      input: () => { this.#order(index); change(this.value); },
    }));
    this.#label = element('output', { class: 'number' });
    this.root = element('div', { class: 'range', role: 'group', 'aria-label': text },
      element('div', { class: 'range-head' }, element('span', {}, text), this.#label),
      element('div', { class: 'range-bars', 'aria-hidden': 'true' }, ...this.#bars),
      element('div', { class: 'range-ends' }, ...this.#inputs));
    this.#show();
  }

  get value() {
    const [from, to] = this.#inputs.map((input) => Number(input.value));
    return from === 0 && to === 100 ? null : [from / 100, to / 100];
  }

  reset() {
    this.#inputs.forEach((input, index) => { input.value = index * 100; });
    this.#show();
  }

  /** Draws how often which value occurs. */
  draw(values) {
    const counts = new Array(Range.#bins).fill(0);
    for (const value of values) {
      if (value !== undefined && value !== null) counts[Math.min(Range.#bins - 1, Math.floor(value * Range.#bins))]++;
    }
    const most = Math.max(1, ...counts);
    // By the root, so that rare values, which are looked for, can be seen beside frequent ones.
    this.#bars.forEach((bar, index) => { bar.style.height = `${counts[index] === 0 ? 0 : Math.max(6, 100 * Math.sqrt(counts[index] / most))}%`; });
  }

  /** The ends may meet, not cross. */
  #order(moved) {
    const [from, to] = this.#inputs;
    if (Number(from.value) > Number(to.value)) this.#inputs[moved].value = this.#inputs[1 - moved].value;
    this.#show();
  }

  #show() {
    const [from, to] = this.#inputs.map((input) => Number(input.value));
    this.#label.textContent = from === 0 && to === 100 ? 'all' : `${from}–${to} %`;
    this.#bars.forEach((bar, index) => {
      const middle = (index + 0.5) / Range.#bins * 100;
      bar.classList.toggle('out', middle < from || middle > to);
    });
  }
}
