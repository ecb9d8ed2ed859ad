'use strict';

// Colours are 32-bit words as canvas memory has them on every processor that browsers run on: alpha, blue, green, red from the highest byte down.
const clear = 0, white = 0xffffffff;

function wordOf(color, alpha = 255) {
  const rgb = parseInt(color.slice(1), 16);
  return ((alpha << 24) | ((rgb & 255) << 16) | (rgb & 0xff00) | (rgb >> 16)) >>> 0;
}

/** The colour of each id; those of hidden classes, and ids that are no class, are clear. */
function classColors(classes, hidden) {
  const colors = new Uint32Array(256).fill(clear);
  classes.forEach(({ color }, id) => { colors[id] = hidden.has(id) ? clear : wordOf(color); });
  return colors;
}

/**
 * From what the network is sure of (dark) to what it guesses (light): colours that grow in lightness with the doubt, and can be told apart without
 * seeing red and green.
 */
const doubtStops = [[13, 14, 33], [66, 20, 90], [142, 38, 98], [214, 72, 66], [246, 142, 46], [250, 220, 120], [255, 252, 224]];

const doubtColors = Uint32Array.from({ length: 256 }, (_, confidence) => {
  // Doubt is seldom: its root spreads the upper end.
  const place = Math.sqrt(1 - confidence / 255) * (doubtStops.length - 1);
  const low = Math.min(doubtStops.length - 2, Math.floor(place)), weight = place - low;
  const [r, g, b] = doubtStops[low].map((part, i) => Math.round(part * (1 - weight) + doubtStops[low + 1][i] * weight));
  return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
});

const wrongColor = wordOf('#ff3b5c', 235), ignoredColor = wordOf('#7d8794', 150);

/** Paints a map of values by their colours. */
function paintValues(canvas, map, colors, outlines = false) {
  paint(canvas, map, (target) => {
    const { values } = map;
    for (let i = 0; i < values.length; i++) target[i] = colors[values[i]];
    if (outlines) paintOutlines(target, map, colors);
  });
}

/** A light line where one class meets another, unless both are hidden. */
function paintOutlines(target, { width, height, values }, colors) {
  for (let y = 0; y < height; y++) {
    for (let x = 0, i = y * width; x < width; x++, i++) {
      const value = values[i], right = x + 1 < width ? values[i + 1] : value, below = y + 1 < height ? values[i + width] : value;
      if ((value !== right && (colors[value] || colors[right])) || (value !== below && (colors[value] || colors[below]))) target[i] = white;
    }
  }
}

/** Marks what is wrong, and what has no truth. Errors between two hidden classes are left out. */
function paintErrors(canvas, ids, truth, ignoreIndex, hidden) {
  paint(canvas, ids, (target) => {
    for (let i = 0; i < target.length; i++) {
      const is = ids.values[i], should = truth.values[i];
      if (should === ignoreIndex) target[i] = ignoredColor;
      else target[i] = is === should || (hidden.has(is) && hidden.has(should)) ? clear : wrongColor;
    }
  });
}

function paint(canvas, { width, height }, fill) {
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  const image = context.createImageData(width, height);
  fill(new Uint32Array(image.data.buffer));
  context.putImageData(image, 0, 0);
}
