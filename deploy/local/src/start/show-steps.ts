const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

/** Shows step after step on standard error with the time that each took; on a terminal the current one is shown as well. */
export function showSteps() {
  const { stderr } = process;
  let current: { text: string; startedAt: number } | undefined;
  const end = (mark: '✓' | '✗') => {
    if (current === undefined) return;
    stderr.write(
      `${stderr.isTTY ? '\r' : ''}  ${mark} ${current.text} (${seconds(performance.now() - current.startedAt)})\n`,
    );
    current = undefined;
  };
  return {
    next(text: string) {
      end('✓');
      current = { text, startedAt: performance.now() };
      if (stderr.isTTY) stderr.write(`  … ${text}`);
    },
    done: () => end('✓'),
    failed: () => end('✗'),
  };
}
