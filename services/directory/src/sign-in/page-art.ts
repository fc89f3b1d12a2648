/** The portal's mark. */
export const MARK =
  '<svg viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="8" fill="#6fd6ca" fill-opacity=".14"/><g fill="none" stroke="#6fd6ca" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"><circle cx="16" cy="16" r="10"/><path d="M6 16h5l2.6-5.2L18 22l2.8-6H26"/></g></svg>';

export const ICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#0e3b43"/><g fill="none" stroke="#6fd6ca" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"><circle cx="16" cy="16" r="10"/><path d="M6 16h5l2.6-5.2L18 22l2.8-6H26"/></g></svg>',
)}`;

/** Hospitals around the place where their images meet: x, y, radius. */
const HOSPITALS = [
  [150, 330, 5],
  [262, 640, 7],
  [330, 190, 6],
  [470, 760, 5],
  [690, 150, 5],
  [770, 700, 6],
  [860, 330, 7],
  [905, 560, 5],
  [90, 520, 4],
] as const;
const [MIDDLE_X, MIDDLE_Y] = [560, 440];

const rings = [70, 130, 200, 280, 370, 470]
  .map(
    (r, at) => `<circle cx="${MIDDLE_X}" cy="${MIDDLE_Y}" r="${r}" stroke-opacity="${(0.34 - at * 0.05).toFixed(2)}"/>`,
  )
  .join('');

const links = HOSPITALS.map(([x, y]) => {
  const bend = [(x + MIDDLE_X) / 2 + (y - MIDDLE_Y) * 0.16, (y + MIDDLE_Y) / 2 - (x - MIDDLE_X) * 0.16];
  return `<path d="M${x} ${y}Q${bend.map(Math.round).join(' ')} ${MIDDLE_X} ${MIDDLE_Y}"/>`;
}).join('');

const dots = HOSPITALS.map(
  ([x, y, r]) =>
    `<circle cx="${x}" cy="${y}" r="${r * 2.6}" fill-opacity=".12"/><circle cx="${x}" cy="${y}" r="${r}"/>`,
).join('');

/** The rings of a scan, and hospitals linked to their middle. */
export const SKY = `<svg class="sky" viewBox="0 0 1000 900" preserveAspectRatio="xMidYMid slice" aria-hidden="true"><g fill="none" stroke="#6fd6ca">${rings}<g stroke-opacity=".42" stroke-width="1.4">${links}</g></g><g fill="#8fe3d8">${dots}<circle cx="${MIDDLE_X}" cy="${MIDDLE_Y}" r="34" fill-opacity=".16"/><circle cx="${MIDDLE_X}" cy="${MIDDLE_Y}" r="12"/></g></svg>`;
