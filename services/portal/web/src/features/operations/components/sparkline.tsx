const HEIGHT = 44;

/** Values as columns from left to right, the largest as high as there is room. */
export function Sparkline({ values, label }: { values: readonly number[]; label: string }) {
  const most = Math.max(...values, Number.MIN_VALUE);
  const columns = values.map((value, at) => ({ at, height: (value / most) * HEIGHT }));
  return (
    <svg className="sparkline" viewBox={`0 0 ${values.length} ${HEIGHT}`} preserveAspectRatio="none" role="img">
      <title>{label}</title>
      {columns.map(({ at, height }) => (
        <rect key={at} x={at + 0.1} width={0.8} y={HEIGHT - height} height={height} />
      ))}
    </svg>
  );
}
