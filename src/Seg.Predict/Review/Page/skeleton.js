'use strict';

/**
 * Persons as an SVG over the image: limbs, keypoints, boxes. Sure keypoints are opaque, doubtful ones fade. Lines and points have the same size on the screen
 * at every zoom.
 */
function skeletonsOf(item, review, hidden) {
  return drawPeople(item, review, hidden, item.persons.map((person, number) => ({
    box: person.box,
    points: person.keypoints,
    text: (index) => `${review.keypoints[index].name} ${percent(person.keypoints[index][2], 0)} · ${personText(item, person, number)}`,
  })));
}

/** The people of the truth: keypoints that are hidden in the image are fainter, those that nobody labelled are left out. */
function truthOf(item, review, hidden) {
  return drawPeople(item, review, hidden, item.truths.map((person, number) => ({
    box: person.box,
    points: person.keypoints.map(([x, y, visibility]) => (visibility > 0 ? [x, y, visibility > 1 ? 1 : 0.45] : null)),
    text: (index) => `${review.keypoints[index].name}${person.keypoints[index][2] > 1 ? '' : ', hidden'} · ${trueText(person, number)}`,
  })));
}

/**
 * What is wrong: a line from each true keypoint to the one that was found, in the colour of what it adds to the OKS; the boxes of those who were not found, and
 * of those whom nobody annotated.
 */
function poseErrorsOf(item, review, hidden) {
  const svg = overImage(item);
  item.truths.forEach((person, number) => {
    const found = person.found === undefined ? null : item.persons[person.found];
    const group = svgElement('g', { class: 'person' });
    if (found === null) group.append(boxOf(person.box, 'box missed'));
    person.keypoints.forEach(([x, y, visibility], index) => {
      if (visibility <= 0 || hidden.has(index)) return;
      const color = similarityColor(person.similarities[index]);
      const text = `${review.keypoints[index].name} · ${trueText(person, number)}`;
      if (found === null) {
        group.append(pointOf(x, y, { fill: color, 'fill-opacity': 0.35 }, text));
        return;
      }
      const [px, py] = found.keypoints[index];
      group.append(
        svgElement('line', { x1: x, y1: y, x2: px, y2: py, class: 'under' }),
        svgElement('line', { x1: x, y1: y, x2: px, y2: py, stroke: color }),
        pointOf(x, y, { fill: color },
          `${review.keypoints[index].name}, ${Math.hypot(px - x, py - y).toFixed(1)} pixels off, similarity ${percent(person.similarities[index], 0)} · ${trueText(person, number)}`));
    });
    svg.append(group);
  });
  strangersOf(item).forEach((person) => svg.append(svgElement('g', { class: 'person' }, boxOf(person.box, 'box stranger'))));
  return svg;
}

/** The true persons in whose place somebody was found. */
function foundOf(item) {
  return item.truths.filter(({ found }) => found !== undefined);
}

/** The persons who stand for nobody of the truth. */
function strangersOf(item) {
  const known = new Set(item.truths.map(({ found }) => found));
  return item.persons.filter((_, number) => !known.has(number));
}

/** Red for 0 over yellow to green for 1. */
function similarityColor(similarity) {
  return `hsl(${Math.round(130 * similarity)}, 85%, 52%)`;
}

/** @param people { box, points: [x, y, strength 0–1] or null each, text: of the keypoint at an index } */
function drawPeople(item, review, hidden, people) {
  const svg = overImage(item);
  people.forEach(({ box, points, text }) => {
    const group = svgElement('g', { class: 'person' }, boxOf(box, 'box'));
    for (const [from, to] of review.skeleton) {
      if (hidden.has(from) || hidden.has(to) || points[from] === null || points[to] === null) continue;
      const ends = { x1: points[from][0], y1: points[from][1], x2: points[to][0], y2: points[to][1] };
      const opacity = strength(Math.min(points[from][2], points[to][2]));
      group.append(
        svgElement('line', { ...ends, class: 'under', 'stroke-opacity': opacity }),       // so that it reads on light and dark
        svgElement('line', { ...ends, stroke: review.keypoints[to].color, 'stroke-opacity': opacity }));
    }
    points.forEach((point, index) => {
      if (hidden.has(index) || point === null) return;
      group.append(pointOf(point[0], point[1], { fill: review.keypoints[index].color, 'fill-opacity': strength(point[2]) }, text(index)));
    });
    svg.append(group);
  });
  return svg;
}

function overImage({ width, height }) {
  return svgElement('svg', { viewBox: `-0.5 -0.5 ${width} ${height}`, class: 'skeletons', 'aria-hidden': 'true' });
}

function boxOf([x, y, width, height], kind) {
  return svgElement('rect', { x, y, width, height, class: kind });
}

/** A point that says what it is where the pointer rests on it. */
function pointOf(cx, cy, look, text) {
  const circle = svgElement('circle', { cx, cy, ...look, 'data-text': text });
  circle.append(svgElement('title'));
  circle.firstChild.textContent = text;
  return circle;
}

/** Never so faint that it cannot be found. */
function strength(score) {
  return Math.min(1, Math.max(0.12, score)).toFixed(2);
}

function personText(item, person, number) {
  const name = `${person.track === undefined ? `person ${number + 1}` : `track ${person.track}`}, ${percent(person.score, 0)}`;
  if (item.truths === undefined) return name;
  const truth = item.truths.find(({ found }) => found === number);
  return `${name}, ${truth === undefined ? 'nobody is there' : `OKS ${percent(truth.oks, 0)}`}`;
}

function trueText(person, number) {
  return `true person ${number + 1}, ${person.found === undefined ? 'not found' : `OKS ${percent(person.oks, 0)}`}`;
}
