import type { Endpoints } from '../endpoints/endpoints.js';

/** Addresses and logins, for the person who started it. */
export function tableOf(
  { edge, viewer, dicomweb, dicomwebDirect, hospitals, users, dimse }: Endpoints,
  home: string,
): string {
  const rows = (lines: readonly (readonly string[])[]) => {
    const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => widthOf(line[column] ?? ''))));
    return lines.map((line) =>
      `  ${line.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell))).join('  ')}`.trimEnd(),
    );
  };
  const sections = [
    ['', 'Yinglian 影联', ''],
    rows([
      ['portal', edge],
      ['viewer', viewer],
      ['DICOMweb', dicomweb],
      ['  for programs', dicomwebDirect],
      ['C-FIND, C-GET, C-MOVE', `${dimse.aeTitle} at 127.0.0.1:${dimse.dicomPort}${asWhom(dimse)}`],
      ['data', home],
    ]),
    [''],
    rows([
      ['hospital', 'name', 'AE title', 'DICOM', 'HL7', 'STOW-RS'],
      ...hospitals.map(({ code, name, aeTitle, dicomPort, hl7Port, stow }) => [
        code,
        name,
        aeTitle,
        `127.0.0.1:${dicomPort}`,
        `127.0.0.1:${hl7Port}`,
        stow,
      ]),
    ]),
    [''],
    rows([
      ['gateway', 'its page', 'user', 'password'],
      ...hospitals.map(({ code, page }) => [code, page.url, page.username, page.password]),
    ]),
    [''],
    rows([
      ['user', 'password', 'role', 'hospital'],
      ...users.map(({ username, password, roles, hospital }) => [username, password, roles.join(', '), hospital ?? '']),
    ]),
    [''],
  ];
  return sections.flat().join('\n');
}

const asWhom = ({ workstations }: Endpoints['dimse']) =>
  workstations.length === 0 ? '' : `, as ${workstations.map(({ aeTitle }) => aeTitle).join(', ')}`;

/** Columns on a terminal: a Chinese character takes two. */
const widthOf = (text: string) => [...text].reduce((width, character) => width + (character > '\u2e7f' ? 2 : 1), 0);
