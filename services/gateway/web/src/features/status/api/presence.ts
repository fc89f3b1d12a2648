let isPersonThere = true;
const note = () => {
  isPersonThere = true;
};
for (const sign of ['pointermove', 'pointerdown', 'keydown', 'wheel']) addEventListener(sign, note, { passive: true });

/** Says whether anybody moved since it was said last: a page that only asks by itself does not keep a session alive. */
export function personHeaders(): Record<string, string> {
  if (!isPersonThere) return {};
  isPersonThere = false;
  return { 'x-person': 'there' };
}
