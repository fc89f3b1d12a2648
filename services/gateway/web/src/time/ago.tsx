import { useFormats } from './formats.js';

/** How long ago, with the moment itself for who points at it; a dash for never. */
export function Ago({ at, now }: { at: string | null; now: string }) {
  const { ago, moment } = useFormats();
  if (at === null || at === '') return <span className="aside">–</span>;
  return (
    <time dateTime={at} title={moment(at)} className="figures">
      {ago(at, now)}
    </time>
  );
}
