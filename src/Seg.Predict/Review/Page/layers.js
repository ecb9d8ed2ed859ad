'use strict';

/** Loads and decodes the layers of items: { ids, truth, confidence }, each { width, height, values: Uint8Array } or undefined. Keeps a few. */
class Layers {
  static #most = 6;
  #kept = new Map();        // promises by key, the latest used last

  get(item) {
    const found = this.#kept.get(item.key) ?? this.#load(item);
    this.#kept.delete(item.key);
    this.#kept.set(item.key, found);
    for (const key of this.#kept.keys()) {
      if (this.#kept.size <= Layers.#most) break;
      this.#kept.delete(key);
    }
    return found;
  }

  async #load(item) {
    const given = await new Promise((resolve, reject) => {
      segReview.waiting.set(item.key, resolve);
      loadScript(pathOf.layers(item)).catch((error) => {
        segReview.waiting.delete(item.key);
        this.#kept.delete(item.key);
        reject(error);
      });
    });
    const [ids, truth, confidence] = await Promise.all(['ids', 'truth', 'confidence'].map((name) => decodeGray(given[name])));
    return { ids, truth, confidence };
  }
}

/** The values of a gray PNG in a data: URL, exactly as they are stored. */
async function decodeGray(url) {
  if (url === undefined) return undefined;
  const image = new Image();
  image.src = url;
  await image.decode();
  const { naturalWidth: width, naturalHeight: height } = image;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context.drawImage(image, 0, 0);
  const colors = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
  const values = new Uint8Array(width * height);
  for (let i = 0; i < values.length; i++) values[i] = colors[i] & 255;   // red, which green and blue equal
  return { width, height, values };
}
