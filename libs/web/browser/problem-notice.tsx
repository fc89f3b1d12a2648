import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Problem } from './problem.js';

/**
 * The sentence for a problem's code and detail (`CODE_DETAIL`, where there is one), or for its code; the service's own title when the code
 * is new to this portal.
 */
export function useProblemSentence() {
  const { t, i18n } = useTranslation();
  return (error: unknown): { sentence: string; code: string | null } => {
    if (!(error instanceof Problem)) return { sentence: t('problems.UNEXPECTED'), code: null };
    const key = `problems.${error.code}`;
    return {
      sentence: i18n.exists(key) ? t(key, { context: error.detail ?? '' }) : error.message || t('problems.UNEXPECTED'),
      code: error.code,
    };
  };
}

/** What failed, in words, with its code for whoever is called about it, and a way on. */
export function ProblemNotice({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  const { sentence, code } = useProblemSentence()(error);
  const traceId = error instanceof Problem ? error.traceId : undefined;
  return (
    <Alert
      type={error instanceof Problem && error.status === 403 ? 'warning' : 'error'}
      showIcon
      title={sentence}
      description={
        code !== null && (
          <span className="fine-print">
            {code}
            {traceId !== undefined && ` · ${t('problems.trace')} ${traceId.slice(0, 12)}`}
          </span>
        )
      }
      action={
        onRetry !== undefined && (
          <Button size="small" onClick={onRetry}>
            {t('actions.retry')}
          </Button>
        )
      }
    />
  );
}
