import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Act } from './use-desk.js';

interface Props {
  /** What can be done with the shown conflict, and why not what cannot. */
  readonly can: Readonly<Record<Act, boolean>>;
  onAct(act: Act): void;
  onHelp(): void;
}

const ACTS: readonly { readonly act: Act; readonly key: string }[] = [
  { act: 'link', key: 'l' },
  { act: 'keep-apart', key: 'a' },
  { act: 'split', key: 's' },
  { act: 'ask', key: 'h' },
  { act: 'undo', key: 'u' },
];

/** What a steward can do now, each with its key. */
export function DeskActions({ can, onAct, onHelp }: Props) {
  const { t } = useTranslation();
  return (
    <div className="desk-actions" role="toolbar" aria-label={t('desk.actions')}>
      {ACTS.map(({ act, key }) => (
        <Button
          key={act}
          type={act === 'link' ? 'primary' : 'default'}
          disabled={!can[act]}
          onClick={() => onAct(act)}
          aria-keyshortcuts={key}
        >
          {t(`desk.acts.${act}`)} <kbd>{key}</kbd>
        </Button>
      ))}
      <Button className="keys-button" onClick={onHelp} aria-label={t('desk.keys')} aria-keyshortcuts="?">
        <kbd>?</kbd>
      </Button>
    </div>
  );
}

export const KEY_OF_ACT: Readonly<Record<string, Act>> = Object.fromEntries(ACTS.map(({ act, key }) => [key, act]));
