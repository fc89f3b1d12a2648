import type { Messages } from '../zh.js';

export const fetching: Messages['fetching'] = {
  title: 'Fetch from the hospital',
  by: 'Named by',
  accessionNumber: 'Accession number',
  studyInstanceUid: 'Study UID',
  uidInvalid: 'A study UID consists of digits and dots',
  fetch: 'Fetch from the hospital',
  again: 'Fetch again',
  asked: 'Studies that were asked for',
  here: 'the province has {{count}} images',
  here_one: 'the province has {{count}} image',
  progress: {
    asked: 'Asked',
    coming: 'Coming',
    arrived: 'Arrived',
    'not-found': 'Not in the hospital’s PACS',
    'pacs-away': 'The hospital’s PACS does not answer',
    failed: 'Could not be fetched',
    expired: 'The gateway did not serve it within a day',
  },
};
