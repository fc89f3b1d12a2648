/** A PN value as people read it: Chinese first, `^` between parts left out or a space. */
export function shownName(value: string): string {
  const groups = value.split('=').filter((group) => group !== '');
  const isHan = (group: string) => /\p{Script=Han}/u.test(group);
  const shown = (group: string) => group.replaceAll('^', isHan(group) ? '' : ' ').trim();
  return [...groups.filter(isHan), ...groups.filter((group) => !isHan(group))].map(shown).join(' · ');
}

export const shownDate = (date: string): string =>
  /^\d{8}$/.test(date) ? `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}` : date;
