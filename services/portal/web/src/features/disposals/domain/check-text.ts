const UID_SHOWN = 8;

/** What is typed to show that this study is meant: its accession number, or the end of its UID where it has none that is shown. */
export const checkTextOf = (studyInstanceUid: string, accessionNumber: string): string =>
  accessionNumber.trim() || studyInstanceUid.slice(-UID_SHOWN);

/** Spaces around it and the case of its letters do not count. */
export const isMeant = (typed: string, checkText: string): boolean =>
  typed.trim().toLowerCase() === checkText.toLowerCase();
