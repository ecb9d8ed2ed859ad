'use strict';

/** What a pane can show, in the order of the keys 1 … 6. */
const paneKinds = [
  { name: 'image', text: 'Image', needs: () => true },
  { name: 'overlay', text: 'Prediction', needs: () => true },
  { name: 'mask', text: 'Mask', needs: (review) => review.classes !== undefined },
  { name: 'confidence', text: 'Confidence', needs: (review) => review.classes !== undefined },
  { name: 'truth', text: 'Truth', needs: () => segReview.counts.withTruth > 0 },
  { name: 'errors', text: 'Errors', needs: () => segReview.counts.withTruth > 0 },
];

/** Which setting the slider changes: classes let the image through, skeletons hide little of it. */
const opacityOf = (review) => (review.classes ? 'opacity' : 'skeletonOpacity');

/** The panes of the viewer, which show one item side by side and zoom and pan in step. */
class Panes {
  #root;
  #review;
  #view;
  #hidden;
  #panes = [];
  #item = null;
  #layers = null;

  /**
   * @param view see View
   * @param hidden the ids of classes, or indices of keypoints, that are not shown
   * @param pointed called with the image point under the pointer and the text of a keypoint there, or null
   * @param swiped called with -1 (to the right: previous) or 1 when a finger wipes over a whole image
   */
  constructor(root, review, view, hidden, pointed, swiped) {
    this.#root = root;
    this.#review = review;
    this.#view = view;
    this.#hidden = hidden;
    new Gestures(root, view, (point, text) => { this.#showPointer(point); pointed(point, text); }, swiped);
    view.addEventListener('change', onceAFrame(() => this.#place()));
    new ResizeObserver(() => this.measure()).observe(root);
  }

  /** Chooses what is shown, by the names of paneKinds. */
  choose(names) {
    this.#panes = names.map((name) => this.#newPane(paneKinds.find((kind) => kind.name === name)));
    this.#root.replaceChildren(...this.#panes.map((pane) => pane.root));
    this.#root.dataset.count = names.length;
    const layers = this.#layers;
    if (this.#item !== null) this.show(this.#item);
    if (layers !== null) this.paint(layers);
    this.measure();
  }

  /** Shows an item's image; what is painted over it follows with paint. */
  show(item) {
    this.#item = item;
    this.#layers = null;
    for (const pane of this.#panes) {
      pane.image.src = pathOf.picture(item);
      pane.canvas.hidden = true;
      pane.missing.hidden = true;
      pane.skeletons?.remove();
    }
    this.#paintPersons();
    this.#view.setImage(item.width, item.height);
    this.#place();
  }

  paint(layers) {
    this.#layers = layers;
    const colors = this.#review.classes ? classColors(this.#review.classes, this.#hidden) : null;
    for (const pane of this.#panes) {
      const painted = this.#paintPane(pane, layers, colors);
      pane.canvas.hidden = !painted;
      pane.missing.hidden = painted || pane.skeletons?.isConnected || !['mask', 'confidence', 'truth', 'errors'].includes(pane.name);
    }
  }

  /** After the opacity, the outlines or the hidden classes have changed. */
  repaint() {
    this.applyOpacity();
    if (this.#layers !== null) this.paint(this.#layers);
    this.#paintPersons();
  }

  applyOpacity() {
    this.#root.style.setProperty('--opacity', settings[opacityOf(this.#review)] / 100);
  }

  measure() {
    const box = this.#panes[0]?.stage.parentElement.getBoundingClientRect();
    if (box !== undefined && box.width > 0) this.#view.setPane(box.width, box.height);
  }

  #newPane({ name, text }) {
    const pane = {
      name,
      image: element('img', { alt: '', draggable: 'false', decoding: 'async' }),
      canvas: element('canvas', { hidden: true }),
      missing: element('p', { class: 'missing', hidden: true }, 'not known of this image'),
      pointer: element('i', { class: 'pointer', hidden: true }),
    };
    pane.stage = element('div', { class: `stage ${name}` }, pane.image, pane.canvas);
    pane.root = element('figure', { class: 'pane' },
      element('div', { class: 'window' }, pane.stage, pane.pointer, pane.missing),
      element('figcaption', {}, text, name === 'confidence' ? element('span', { class: 'scale', 'aria-label': 'dark: sure, light: doubtful' }, 'sure', element('i'), 'unsure') : null));
    return pane;
  }

  #paintPane({ name, canvas }, { ids, truth, confidence }, colors) {
    switch (name) {
      case 'overlay':
        return ids !== undefined && (paintValues(canvas, ids, colors, settings.outlines), true);
      case 'mask':
        return ids !== undefined && (paintValues(canvas, ids, colors), true);
      case 'truth':
        return truth !== undefined && (paintValues(canvas, truth, colors, settings.outlines), true);
      case 'confidence':
        return confidence !== undefined && (paintValues(canvas, confidence, doubtColors), true);
      case 'errors':
        return truth !== undefined && ids !== undefined && (paintErrors(canvas, ids, truth, this.#item.ignoreIndex, this.#hidden), true);
      default:
        return false;
    }
  }

  #paintPersons() {
    for (const pane of this.#panes) {
      pane.skeletons?.remove();
      const draw = this.#item?.persons && { overlay: skeletonsOf, truth: this.#item.truths && truthOf, errors: this.#item.truths && poseErrorsOf }[pane.name];
      if (!draw) continue;
      pane.skeletons = draw(this.#item, this.#review, this.#hidden);
      pane.stage.append(pane.skeletons);
    }
  }

  #place() {
    const { left, top, width, height } = this.#view.place;
    const isLarge = this.#view.scale * devicePixelRatio >= 3;      // pixels are to be seen as such
    for (const { stage } of this.#panes) {
      stage.style.width = `${width}px`;
      stage.style.height = `${height}px`;
      stage.style.transform = `translate(${left}px, ${top}px)`;
      stage.style.setProperty('--pixel', this.#view.scale);
      stage.classList.toggle('pixelated', isLarge);
    }
  }

  /** The same place in every pane. */
  #showPointer(point) {
    const { left, top } = this.#view.place;
    for (const { pointer } of this.#panes) {
      pointer.hidden = point === null || this.#panes.length < 2;
      if (point !== null) pointer.style.transform = `translate(${left + point[0] * this.#view.scale}px, ${top + point[1] * this.#view.scale}px)`;
    }
  }
}

/** Wheel, drag, pinch and double click on any pane move the view of all. */
class Gestures {
  static #swipe = 56;       // CSS pixels
  #view;
  #swiped;
  #pointers = new Map();
  #pinch = null;

  /** @param hovered called with the image point under the mouse and the text of a keypoint there, or null */
  constructor(root, view, hovered, swiped) {
    [this.#view, this.#swiped] = [view, swiped];
    root.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
    root.addEventListener('pointerdown', (event) => this.#down(event));
    root.addEventListener('pointermove', (event) => {
      this.#move(event);
      const at = this.#at(event);
      hovered(at === null ? null : view.imagePoint(...at), event.target.dataset?.text ?? null);
    });
    for (const end of ['pointerup', 'pointercancel']) root.addEventListener(end, (event) => this.#up(event));
    root.addEventListener('pointerleave', () => hovered(null, null));
    root.addEventListener('dblclick', (event) => { const at = this.#at(event); if (at !== null) view.toggle(...at); });
  }

  /** Where in its pane an event is; null beside the panes. */
  #at(event) {
    const box = event.target.closest?.('.window')?.getBoundingClientRect();
    return box === undefined ? null : [event.clientX - box.left, event.clientY - box.top];
  }

  #wheel(event) {
    const at = this.#at(event);
    if (at === null) return;
    event.preventDefault();
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    // Two fingers on a touch pad scroll sideways as well; a pinch on it comes with ctrlKey and small steps.
    if (!event.ctrlKey && Math.abs(event.deltaX) > Math.abs(event.deltaY)) this.#view.panBy(-event.deltaX * lines, 0);
    else this.#view.zoomBy(Math.exp(-event.deltaY * lines * (event.ctrlKey ? 0.01 : 0.0018)), ...at);
  }

  #down(event) {
    const at = this.#at(event);
    if (at === null || event.button !== 0) return;
    event.target.closest('.window').setPointerCapture(event.pointerId);
    this.#pointers.set(event.pointerId, { x: event.clientX, y: event.clientY, startX: event.clientX, startY: event.clientY });
    this.#pinch = null;
  }

  #move(event) {
    const pointer = this.#pointers.get(event.pointerId);
    if (pointer === undefined) return;
    const dx = event.clientX - pointer.x, dy = event.clientY - pointer.y;
    [pointer.x, pointer.y] = [event.clientX, event.clientY];
    if (this.#pointers.size === 1) this.#view.panBy(dx, dy);
    else this.#spread(event);
  }

  #up(event) {
    const pointer = this.#pointers.get(event.pointerId);
    this.#pointers.delete(event.pointerId);
    const isLone = this.#pinch === null && this.#pointers.size === 0;
    this.#pinch = null;
    if (pointer === undefined || event.type !== 'pointerup' || event.pointerType !== 'touch' || !isLone || !this.#view.isWhole) return;
    const dx = event.clientX - pointer.startX, dy = event.clientY - pointer.startY;
    if (Math.abs(dx) > Gestures.#swipe && Math.abs(dx) > 2 * Math.abs(dy)) this.#swiped(dx < 0 ? 1 : -1);
  }

  #spread(event) {
    const [first, second] = [...this.#pointers.values()];
    const middle = { x: (first.x + second.x) / 2, y: (first.y + second.y) / 2, length: Math.hypot(first.x - second.x, first.y - second.y) };
    const box = event.target.closest('.window')?.getBoundingClientRect();
    if (this.#pinch !== null && box !== undefined) {
      this.#view.panBy(middle.x - this.#pinch.x, middle.y - this.#pinch.y);
      this.#view.zoomBy(middle.length / Math.max(1, this.#pinch.length), middle.x - box.left, middle.y - box.top);
    }
    this.#pinch = middle;
  }
}
