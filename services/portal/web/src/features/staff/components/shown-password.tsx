import { App, Typography } from 'antd';
import { useTranslation } from 'react-i18next';

/** Shows a password this one time: the directory keeps only its hash. */
export function useShownPassword() {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  return (title: string, password: string, more = '') =>
    modal.success({
      title,
      content: (
        <>
          <Typography.Paragraph copyable className="password figures">
            {password}
          </Typography.Paragraph>
          <p className="aside">{t('staff.passwordOnce')}</p>
          {more !== '' && <p>{more}</p>}
        </>
      ),
      okText: t('actions.close'),
    });
}
