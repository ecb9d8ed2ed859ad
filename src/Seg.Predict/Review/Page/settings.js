'use strict';

/**
 * How the page looks to this person, in all reviews. Kept in the browser where it lets pages on a disk keep something, else for as long as the page is open.
 * Loaded first, so that the page never shows in the wrong colours.
 */
const settings = {
  theme: 'auto',            // auto, light, dark
  thumbnails: 'overlay',    // overlay, image
  cardWidth: 208,           // CSS pixels
  opacity: 55,              // of classes, %
  skeletonOpacity: 90,      // %
  outlines: true,
  advance: true,
  panes: null,              // names; null: what suits the review and the screen
};

const keptSettings = {
  name: 'seg-review-settings',

  load() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.name) ?? '{}');
      for (const key of Object.keys(settings)) {
        if (kept !== null && typeof kept[key] === typeof settings[key]) settings[key] = kept[key];
      }
      if (Array.isArray(kept?.panes)) settings.panes = kept.panes.filter((pane) => typeof pane === 'string');
    } catch {
      // Refused or damaged: the defaults hold.
    }
  },

  save() {
    try {
      localStorage.setItem(this.name, JSON.stringify(settings));
    } catch {
      // Refused: they hold while the page is open.
    }
  },
};

function applyTheme() {
  document.documentElement.dataset.theme = settings.theme;
}

keptSettings.load();
applyTheme();
