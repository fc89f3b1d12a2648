import { mark, theme } from '@yinglian/web/browser';
import { Button, ConfigProvider } from 'antd';
import { useTranslation } from 'react-i18next';

/** What is seen while the browser is on its way to the sign-in page, or when that cannot be reached. */
export function Entrance({ failed }: { failed: boolean }) {
  const { t } = useTranslation();
  return (
    <ConfigProvider theme={theme}>
      <div className="entrance">
        <img src={mark} alt="" width={64} height={64} />
        <h1>{t('product.name')}</h1>
        <p>{t('product.tagline')}</p>
        {failed ? (
          <>
            <p role="alert">{t('session.failed')}</p>
            <Button type="primary" onClick={() => location.replace('/')}>
              {t('actions.retry')}
            </Button>
          </>
        ) : (
          <p className="aside">{t('session.entering')}</p>
        )}
      </div>
    </ConfigProvider>
  );
}
