/** Paths of all messages of one language with the placeholders that each has: equal for two languages that say the same. */
export function messagesOf(tree: object, path = ''): string[] {
  return Object.entries(tree)
    .flatMap(([key, value]) =>
      typeof value === 'string'
        ? `${path}${key} ${[...value.matchAll(/{{\w+}}/g)].map(([name]) => name).sort()}`
        : messagesOf(value, `${path}${key}/`),
    )
    .sort();
}
