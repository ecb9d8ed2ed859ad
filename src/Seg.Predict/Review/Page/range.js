'use strict';

/** A range of percentages to filter by, over a histogram of what there is: as wide as the values lie, so that near ones can be told apart. */
class Range {
  static #bins = 25;
  #least = 0;               // percent
  #most = 100;
  #bars;
  #inputs;
  #label;

  /** @param change called with [from, to], each 0–1, or null where nothing is left out */
  constructor(text, change) {
    this.#bars = Array.from({ length: Range.#bins }, () => element('i'));
    this.#inputs = ['From', 'To'].map((end, index) => element('input', {
      type: 'range', min: 0, max: 100, step: 0.1, value: index * 100, 'aria-label': `${text}, ${end.toLowerCase()} (percent)`,
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
    return this.#isAll ? null : this.#ends.map((end) => end / 100);
  }

  reset() {
    [this.#inputs[0].value, this.#inputs[1].value] = [this.#least, this.#most];
    this.#show();
  }

  /** Draws how often which value occurs. A range that was everything stays everything. */
  draw(values) {
    const known = values.filter((value) => value !== undefined && value !== null).map((value) => 100 * value);
    this.#setBounds(known);
    const counts = new Array(Range.#bins).fill(0), width = (this.#most - this.#least) / Range.#bins;
    for (const value of known) counts[Math.min(Range.#bins - 1, Math.floor((value - this.#least) / width))]++;
    const most = Math.max(1, ...counts);
    // By the root, so that rare values, which are looked for, can be seen beside frequent ones.
    this.#bars.forEach((bar, index) => { bar.style.height = `${counts[index] === 0 ? 0 : Math.max(6, 100 * Math.sqrt(counts[index] / most))}%`; });
  }

  get #ends() { return this.#inputs.map((input) => Number(input.value)); }

  get #isAll() { return this.#ends[0] <= this.#least && this.#ends[1] >= this.#most; }

  /** From a multiple of five below the values to one above. */
  #setBounds(values) {
    const wasAll = this.#isAll;
    let least = 100, most = 0;
    for (const value of values) [least, most] = [Math.min(least, value), Math.max(most, value)];
    this.#least = values.length === 0 ? 0 : Math.min(95, 5 * Math.floor(least / 5));
    this.#most = values.length === 0 ? 100 : Math.max(this.#least + 5, 5 * Math.ceil(most / 5));
    for (const input of this.#inputs) [input.min, input.max] = [this.#least, this.#most];
    if (wasAll) this.reset();
  }

  /** The ends may meet, not cross. */
  #order(moved) {
    const [from, to] = this.#inputs;
    if (Number(from.value) > Number(to.value)) this.#inputs[moved].value = this.#inputs[1 - moved].value;
    this.#show();
  }

  #show() {
    const [from, to] = this.#ends;
    this.#label.textContent = this.#isAll ? `${this.#least}–${this.#most} %` : `${from.toFixed(1)}–${to.toFixed(1)} %`;
    this.#label.classList.toggle('set', !this.#isAll);
    this.#bars.forEach((bar, index) => {
      const middle = this.#least + (index + 0.5) / Range.#bins * (this.#most - this.#least);
      bar.classList.toggle('out', middle < from || middle > to);
    });
  }
}
