'use strict';

/**
 * Persons as an SVG over the image: limbs, keypoints, boxes. Sure keypoints are opaque, doubtful ones fade. Lines and points have the same size on the screen
 * at every zoom.
 */
function skeletonsOf(item, review, hidden) {
  const svg = svgElement('svg', { viewBox: `-0.5 -0.5 ${item.width} ${item.height}`, class: 'skeletons', 'aria-hidden': 'true' });
  item.persons.forEach((person, number) => {
    const { keypoints: points } = person;
    const group = svgElement('g', { class: 'person' });
    const [x, y, width, height] = person.box;
    group.append(svgElement('rect', { x, y, width, height, class: 'box' }));
    for (const [from, to] of review.skeleton) {
      if (hidden.has(from) || hidden.has(to)) continue;
      const ends = { x1: points[from][0], y1: points[from][1], x2: points[to][0], y2: points[to][1] };
      const opacity = strength(Math.min(points[from][2], points[to][2]));
      group.append(
        svgElement('line', { ...ends, class: 'under', 'stroke-opacity': opacity }),       // so that it reads on light and dark
        svgElement('line', { ...ends, stroke: review.keypoints[to].color, 'stroke-opacity': opacity }));
    }
    points.forEach(([px, py, score], index) => {
      if (hidden.has(index)) return;
      const text = `${review.keypoints[index].name} ${percent(score, 0)} · ${personText(person, number)}`;
      const circle = svgElement('circle', { cx: px, cy: py, fill: review.keypoints[index].color, 'fill-opacity': strength(score), 'data-text': text });
      circle.append(svgElement('title'));
      circle.firstChild.textContent = text;
      group.append(circle);
    });
    svg.append(group);
  });
  return svg;
}

/** Never so faint that it cannot be found. */
function strength(score) {
  return Math.min(1, Math.max(0.12, score)).toFixed(2);
}

function personText(person, number) {
  return `${person.track === undefined ? `person ${number + 1}` : `track ${person.track}`}, ${percent(person.score, 0)}`;
}
