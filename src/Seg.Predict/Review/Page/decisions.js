'use strict';

const decisionNames = ['accepted', 'rejected', 'flagged'];

/**
 * What a person decided about each item, kept in the browser under the review's id. A decision is about the prediction that it was made on: where that has
 * changed since, the item is undecided again, and the note stays. Sends 'change' with the item, or null where many changed.
 */
class Decisions extends EventTarget {
  #name;
  #entries = new Map();     // by the item's name: { decision, note, stamp }
  #undo = [];
  #saving = 0;

  /** Whether the browser keeps what is decided. */
  isKept = true;

  constructor(review) {
    super();
    this.#name = `seg-review:${review.id}`;
    this.#load();
    addEventListener('pagehide', () => this.#save());
    addEventListener('beforeunload', (event) => {
      if (!this.isKept && this.#entries.size > 0) event.preventDefault();
    });
    // The same review in another tab.
    addEventListener('storage', (event) => {
      if (event.key === this.#name) { this.#load(); this.#tell(null); }
    });
  }

  /** accepted, rejected, flagged, or null. */
  of(item) {
    const entry = this.#entries.get(item.name);
    return entry !== undefined && entry.stamp === item.stamp ? entry.decision : null;
  }

  noteOf(item) {
    return this.#entries.get(item.name)?.note ?? '';
  }

  /** Decides; the same decision again takes it back. */
  decide(item, decision) {
    const before = this.of(item);
    this.#undo.push([item, before]);
    this.#set(item, { decision: decision === before ? null : decision, stamp: item.stamp });
  }

  note(item, note) {
    if (note !== this.noteOf(item)) this.#set(item, { note });
  }

  get canUndo() {
    return this.#undo.length > 0;
  }

  /** Takes the last decision back. Returns its item. */
  undo() {
    const last = this.#undo.pop();
    if (last !== undefined) this.#set(last[0], { decision: last[1], stamp: last[0].stamp });
    return last?.[0];
  }

  /** Takes over what was decided elsewhere: [{ name, decision, note, stamp }]. Returns how many were about items of this review. */
  import(entries, items) {
    const byName = new Map(items.map((item) => [item.name, item]));
    let taken = 0;
    for (const entry of entries) {
      const item = byName.get(entry.name);
      if (item === undefined) continue;
      taken++;
      this.#entries.set(item.name, { decision: entry.decision, note: entry.note, stamp: entry.stamp ?? item.stamp });
    }
    this.#undo = [];
    this.#save();
    this.#tell(null);
    return taken;
  }

  /** How many of these items have which decision; null counts the others. */
  count(items) {
    const counts = new Map([[null, 0], ...decisionNames.map((name) => [name, 0])]);
    for (const item of items) counts.set(this.of(item), counts.get(this.of(item)) + 1);
    return counts;
  }

  #set(item, change) {
    const entry = { decision: null, note: '', stamp: item.stamp, ...this.#entries.get(item.name), ...change };
    if (entry.decision === null && entry.note === '') this.#entries.delete(item.name);
    else this.#entries.set(item.name, entry);
    clearTimeout(this.#saving);
    this.#saving = setTimeout(() => this.#save(), 150);
    this.#tell(item);
  }

  #tell(item) {
    this.dispatchEvent(new CustomEvent('change', { detail: item }));
  }

  #load() {
    this.#entries.clear();
    try {
      const kept = JSON.parse(localStorage.getItem(this.#name) ?? '{}');
      for (const [name, entry] of Object.entries(kept)) {
        const decision = decisionNames.includes(entry?.decision) ? entry.decision : null;
        this.#entries.set(name, { decision, note: String(entry?.note ?? ''), stamp: String(entry?.stamp ?? '') });
      }
      this.#probe();
    } catch {
      this.isKept = false;
    }
  }

  #save() {
    clearTimeout(this.#saving);
    try {
      localStorage.setItem(this.#name, JSON.stringify(Object.fromEntries(this.#entries)));
    } catch {
      this.isKept = false;
    }
  }

  /** Some browsers let pages read what they refuse to write. */
  #probe() {
    const probe = `${this.#name}:probe`;
    localStorage.setItem(probe, '1');
    localStorage.removeItem(probe);
  }
}
