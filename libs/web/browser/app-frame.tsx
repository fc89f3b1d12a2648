import { App, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US.js';
import zhCN from 'antd/locale/zh_CN.js';
import type { ReactNode } from 'react';
import { useLanguage } from './languages.js';
import { theme } from './theme.js';

/** The theme, in the language that is spoken. */
export function AppFrame({ children }: { children: ReactNode }) {
  const locale = useLanguage() === 'zh' ? zhCN : enUS;
  return (
    <ConfigProvider theme={theme} locale={locale} button={{ autoInsertSpace: false }}>
      <App>{children}</App>
    </ConfigProvider>
  );
}
