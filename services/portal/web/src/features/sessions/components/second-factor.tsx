import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useMySessions } from '../api/sessions.js';

interface Props {
  /** Proves the second factor in a window beside this page; who has none enrols it there. */
  onEnrol(): Promise<boolean>;
}

/** Whether somebody has a second factor, and the way to one. */
export function SecondFactor({ onEnrol }: Props) {
  const { t } = useTranslation();
  const mine = useMySessions();
  if (!mine.isSuccess) return null;
  const { secondFactor } = mine.data;
  const enrol = async () => {
    if (await onEnrol()) await mine.refetch();
  };
  return (
    <section className="panel account-part">
      <h2>{t('sessions.secondFactor')}</h2>
      <p>{t(secondFactor ? 'sessions.hasFactor' : 'sessions.noFactor')}</p>
      {!secondFactor && (
        <Button type="primary" onClick={() => void enrol()}>
          {t('sessions.enrol')}
        </Button>
      )}
    </section>
  );
}
