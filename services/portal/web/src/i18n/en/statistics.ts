import type { Messages } from '../zh.js';

export const statistics: Messages['statistics'] = {
  hint: 'Opened are images that somebody asked for and was permitted; one access counts once. Counted every ten seconds, by whole months of Beijing time.',
  months: '{{count}} months',
  none: 'None in this time',
  byMonth: 'Images opened by month',
  byHospital: 'Images opened by hospital of who looked',
  byPurpose: 'Images opened by purpose',
  byBasis: 'Images opened by basis',
  byRefusal: 'Refused by reason',
  byRule: 'Findings by rule',
  byVerdict: 'Cases by verdict',
  refused: '{{count}} refused',
  emergencies: '{{count}} emergencies',
  settled: 'cases {{cases}} · dismissed {{dismissed}} · waiting {{open}}',
  undecided: 'No verdict yet',
  days: 'half of them within {{days}} days',
};
