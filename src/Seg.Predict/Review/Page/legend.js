'use strict';

/** The classes of the item, or the keypoints, with boxes that show and hide them in all panes. */
class Legend {
  #root;
  #review;
  #hidden;
  #changed;

  /**
   * @param hidden ids of classes, or indices of keypoints, that are not shown; changed here
   * @param changed called after each change
   */
  constructor(root, review, hidden, changed) {
    [this.#root, this.#review, this.#hidden, this.#changed] = [root, review, hidden, changed];
  }

  show(item) {
    const rows = this.#review.classes ? this.#classRows(item) : this.#keypointRows(item);
    const all = element('button', { type: 'button', class: 'quiet small', disabled: this.#hidden.size === 0, click: () => this.showAll() }, 'Show all');
    this.#root.replaceChildren(
      element('div', { class: 'legend-head' }, element('span', {}, this.#review.classes ? 'Classes' : 'Keypoints'), all,
        element('span', { class: 'number' }, this.#review.classes ? 'share' : 'conf.'),
        this.#review.classes && item.iou !== undefined ? element('span', { class: 'number' }, 'IoU') : null,
        item.truths === undefined ? null : element('span', { class: 'number' }, 'OKS')),
      element('ul', {}, ...rows));
  }

  showAll() {
    this.#hidden.clear();
    this.#changed();
  }

  #classRows(item) {
    const most = Math.max(...item.classes.map((one) => one.share), 1e-6);
    return item.classes.map((one) => this.#row(one.id, this.#review.classes[one.id], item.classes.map(({ id }) => id), {
      bar: one.share / most,
      facts: [percent(one.share), ...(item.iou === undefined ? [] : [one.iou === undefined ? '–' : percent(one.iou, 0)])],
      title: `${percent(one.share, 2)} of the image, confidence ${percent(one.confidence)}${one.iou === undefined ? '' : `, IoU ${percent(one.iou)}`}`,
    }));
  }

  #keypointRows(item) {
    return this.#review.keypoints.map((keypoint, index) => {
      const scores = item.persons.map((person) => person.keypoints[index][2]);
      const similarities = (item.truths ?? []).map((person) => person.similarities[index]).filter((one) => one !== null);
      const confidence = meanOf(scores), similarity = meanOf(similarities);
      return this.#row(index, keypoint, this.#review.keypoints.map((_, other) => other), {
        bar: Math.min(1, (item.truths === undefined ? confidence : similarity) ?? 0),
        facts: [percent(confidence, 0), ...(item.truths === undefined ? [] : [percent(similarity, 0)])],
        title: `mean confidence ${percent(confidence)}${item.truths === undefined ? '' : `, mean similarity to the truth ${percent(similarity)}`}`,
      });
    });
  }

  #row(id, { name, color }, others, { bar, facts, title }) {
    const box = element('input', { type: 'checkbox', change: () => this.#toggle(id) });
    box.checked = !this.#hidden.has(id);
    const swatch = element('i', { class: 'swatch' }), measure = element('i', { class: 'measure' });
    swatch.style.background = color;
    measure.style.setProperty('--part', bar);
    return element('li', {},
      element('label', { title }, box, swatch, element('span', { class: 'name' }, name),
        ...facts.map((fact) => element('span', { class: 'number' }, fact)), measure),
      element('button', { type: 'button', class: 'quiet small only', title: `Show ${name} alone`, click: () => this.#only(id, others) }, 'only'));
  }

  #toggle(id) {
    if (!this.#hidden.delete(id)) this.#hidden.add(id);
    this.#changed();
  }

  #only(id, others) {
    const isAlone = others.every((other) => this.#hidden.has(other) !== (other === id));
    this.#hidden.clear();
    if (!isAlone) others.filter((other) => other !== id).forEach((other) => this.#hidden.add(other));
    this.#changed();
  }
}

/** undefined where there is nothing. */
function meanOf(values) {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}
