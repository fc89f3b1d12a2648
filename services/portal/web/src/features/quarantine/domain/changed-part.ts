export interface Parts {
  readonly before: string;
  readonly changed: string;
  readonly after: string;
}

/** A text in three parts: what two texts begin and end with alike, and what one has between. Characters are never split. */
export function changedPart(text: string, other: string): Parts {
  const [own, theirs] = [[...text], [...other]];
  const shortest = Math.min(own.length, theirs.length);
  let start = 0;
  while (start < shortest && own[start] === theirs[start]) start += 1;
  let end = 0;
  while (end < shortest - start && own.at(-1 - end) === theirs.at(-1 - end)) end += 1;
  const to = own.length - end;
  return {
    before: own.slice(0, start).join(''),
    changed: own.slice(start, to).join(''),
    after: own.slice(to).join(''),
  };
}
