const SIGNATURE = /^— /;

/** The signed notes that stand one after the other in a text. */
export function notesOf(text: string): string[] {
  const notes: string[] = [];
  let lines: string[] = [];
  const end = () => {
    if (lines.some((line) => SIGNATURE.test(line))) notes.push(`${lines.join('\n')}\n`);
    lines = [];
  };
  for (const line of text.split('\n')) {
    const isBehind = SIGNATURE.test(lines.at(-1) ?? '') && !SIGNATURE.test(line);
    if (isBehind) end();
    if (line !== '' || lines.length > 0) lines.push(line);
  }
  end();
  return notes;
}
