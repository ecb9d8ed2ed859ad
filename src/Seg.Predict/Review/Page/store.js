'use strict';

/**
 * Takes what the data scripts hand over. A page on a disk can fetch nothing, but may load scripts: review.js begins, items-N.js add items, and an item's own
 * script brings its layers.
 */
const segReview = {
  /** { id, title, model, classes: [{ name, color }] | undefined, keypoints: [{ name, color }] | undefined, skeleton: [[from, to]] } */
  review: null,
  /** How many items, items with truth, and scripts of items there are. */
  counts: { items: 0, withTruth: 0, scripts: 0 },
  /** { key, name, source, width, height, stamp, confidence, iou, accuracy, ignoreIndex, classes: [{ id, share, confidence, iou }], persons, oks, truths, files } */
  items: [],
  /** Who waits for the layers of an item, by its key. */
  waiting: new Map(),

  begin(review, counts) {
    this.review = review;
    this.counts = counts;
  },

  add(items) {
    for (const item of items) {
      item.index = this.items.length;
      item.words = item.name.toLowerCase();
      item.classes ??= [];
      item.byClass = new Map(item.classes.map((one) => [one.id, one]));
      this.items.push(item);
    }
  },

  layers(key, layers) {
    this.waiting.get(key)?.(layers);
    this.waiting.delete(key);
  },
};

/** Runs a script of the data folder, or of an item. Scripts that are asked for together are loaded at once and run in order. */
function loadScript(path) {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.async = false;
    script.src = path;
    script.onload = () => { script.remove(); resolve(); };
    script.onerror = () => { script.remove(); reject(new Error(`${path} cannot be loaded`)); };
    document.head.append(script);
  });
}

/** Where the files of an item lie; keys are letters, digits, - and _ alone. */
const pathOf = {
  picture: (item) => `review/items/${item.key}.jpg`,
  thumbnail: (item) => `review/items/${item.key}.thumb.jpg`,
  layers: (item) => `review/items/${item.key}.js`,
  /** A file beside the page, whatever its name holds. */
  file: (path) => path.split('/').map((part) => encodeURIComponent(part.toWellFormed?.() ?? part)).join('/'),
};
