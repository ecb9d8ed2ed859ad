'use strict';

/**
 * What part of the image all panes show: the point of the image at their middle (0–1 each way) and the zoom, 1 where the whole image fits. Panes have one
 * size, so that the same numbers mean the same in each. Sends 'change'.
 */
class View extends EventTarget {
  static #largestPixel = 48;    // CSS pixels that an image pixel may take
  #image = { width: 1, height: 1 };
  #pane = { width: 1, height: 1 };
  #x = 0.5;
  #y = 0.5;
  #zoom = 1;

  /** CSS pixels of an image pixel. */
  get scale() { return this.#fit * this.#zoom; }

  get isWhole() { return this.#zoom === 1; }

  /** Where the image lies in a pane: { left, top, width, height } in CSS pixels. */
  get place() {
    const width = this.#image.width * this.scale, height = this.#image.height * this.scale;
    return { left: this.#pane.width / 2 - this.#x * width, top: this.#pane.height / 2 - this.#y * height, width, height };
  }

  get #fit() {
    return Math.min(this.#pane.width / this.#image.width, this.#pane.height / this.#image.height);
  }

  get #most() {
    return Math.max(1, View.#largestPixel / this.#fit);
  }

  setImage(width, height) {
    // The next image of a series keeps the view, so that the same place can be compared.
    const isSame = width === this.#image.width && height === this.#image.height;
    this.#image = { width, height };
    if (!isSame) [this.#x, this.#y, this.#zoom] = [0.5, 0.5, 1];
    this.#settle();
  }

  setPane(width, height) {
    this.#pane = { width: Math.max(1, width), height: Math.max(1, height) };
    this.#settle();
  }

  /** Zooms about a point of a pane, in CSS pixels from its corner; about its middle where none is given. */
  zoomBy(factor, px = this.#pane.width / 2, py = this.#pane.height / 2) {
    const [ix, iy] = this.imagePoint(px, py);
    this.#zoom = Math.min(this.#most, Math.max(1, this.#zoom * factor));
    const width = this.#image.width * this.scale, height = this.#image.height * this.scale;
    this.#x = ix / this.#image.width - (px - this.#pane.width / 2) / width;
    this.#y = iy / this.#image.height - (py - this.#pane.height / 2) / height;
    this.#settle();
  }

  /** Moves the image by CSS pixels. */
  panBy(dx, dy) {
    this.#x -= dx / (this.#image.width * this.scale);
    this.#y -= dy / (this.#image.height * this.scale);
    this.#settle();
  }

  /** Brings a box of the image, [x, y, width, height] in its pixels, into the panes, with some room around it. */
  showBox([x, y, width, height]) {
    const scale = Math.min(this.#pane.width / width, this.#pane.height / height) / 1.4;
    this.#zoom = Math.min(this.#most, Math.max(1, scale / this.#fit));
    [this.#x, this.#y] = [(x + width / 2) / this.#image.width, (y + height / 2) / this.#image.height];
    this.#settle();
  }

  fit() {
    this.#zoom = 1;
    this.#settle();
  }

  /** Whole image, or one image pixel for one pixel of the screen. */
  toggle(px, py) {
    const oneToOne = 1 / (this.#fit * devicePixelRatio);
    if (!this.isWhole) this.fit();
    else this.zoomBy(oneToOne > 1.2 ? oneToOne : 3, px, py);
  }

  /** The point of the image, in its pixels, below a point of a pane. */
  imagePoint(px, py) {
    const { left, top } = this.place;
    return [(px - left) / this.scale, (py - top) / this.scale];
  }

  /** No empty space where image could be. */
  #settle() {
    this.#zoom = Math.min(this.#most, this.#zoom);
    const bound = (value, pane, size) => (size <= pane ? 0.5 : Math.min(1 - pane / size / 2, Math.max(pane / size / 2, value)));
    this.#x = bound(this.#x, this.#pane.width, this.#image.width * this.scale);
    this.#y = bound(this.#y, this.#pane.height, this.#image.height * this.scale);
    this.dispatchEvent(new Event('change'));
  }
}
